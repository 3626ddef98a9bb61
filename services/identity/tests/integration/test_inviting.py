"""Offering a customer to connect: one open offer per offline buyer, its mail carries no secret."""

from datetime import timedelta
from typing import Any

import pytest
from identity_orders import published

from common.audit import Actor
from common.clock import utc_now
from devstack.world import cast
from identity.domain.invitation import AlreadyConnected
from identity.usecases.invite_customer import invite_customer, withdraw_invitation

STAFF = Actor("staff", cast.OWNER.id, cast.OWNER.name)
MAILS = "identity.mail_requested.v1"


def invite(
    house: Any, buyer: cast.Buyer = cast.BROOKLYN, email: str = "New@Brooklyn.example"
) -> Any:
    with house.database.transaction(cast.MAKER_ID) as session:
        return invite_customer(session, buyer.id, email=email, actor=STAFF, now=utc_now())


def secret(ask: Any, invitation: Any) -> Any:
    return ask("mail-secrets/read", {"reference_id": str(invitation.id), "kind": "invitation"})


def test_the_mail_says_who_invites_whom_and_is_answered_with_a_page(house: Any, ask: Any) -> None:
    invitation = invite(house)
    [mail] = published(house.database, MAILS)
    payload = mail["payload"]
    assert (payload["kind"], payload["recipient"]) == ("invitation", "new@brooklyn.example")
    assert payload["values"]["what"] == "brand"
    assert payload["values"]["from_name"] == cast.NORD.name
    assert payload["values"]["buyer_name"] == cast.BROOKLYN.name
    answer = secret(ask, invitation).json
    assert answer["path"].startswith("/account/invitations/")
    assert answer["path"].rsplit("/", 1)[1] not in str(mail)
    assert secret(ask, invitation).json == answer


def test_a_new_offer_ends_the_one_before(house: Any, ask: Any) -> None:
    first, second = invite(house), invite(house, email="other@brooklyn.example")
    assert secret(ask, first).status_code == 410
    assert secret(ask, second).status_code == 200


def test_a_withdrawn_offer_opens_nothing(house: Any, ask: Any) -> None:
    invitation = invite(house)
    with house.database.transaction(cast.MAKER_ID) as session:
        assert withdraw_invitation(session, cast.BROOKLYN.id, actor=STAFF, now=utc_now())
        assert not withdraw_invitation(session, cast.BROOKLYN.id, actor=STAFF, now=utc_now())
    assert secret(ask, invitation).status_code == 410


def test_an_offer_ends_after_two_weeks(house: Any) -> None:
    invitation = invite(house)
    assert abs(invitation.expires_at - utc_now() - timedelta(days=14)) < timedelta(minutes=1)


def test_a_connected_buyer_is_not_invited(house: Any) -> None:
    with pytest.raises(AlreadyConnected):
        invite(house, cast.GINZA)
