"""Accepting invitations: a brand's offer, a place on a team, a place in an organisation."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from identity_mails import newest
from identity_orders import buyer_now, completed, deliver, outcome_of
from sqlalchemy import select

from common.audit import Actor
from common.clock import utc_now
from devstack.world import cast
from identity.store.models import AuditEntry, BuyerInvitation, Membership, OwnershipChange
from identity.usecases.invite_customer import invite_customer, withdraw_invitation

STAFF = Actor("staff", cast.OWNER.id, cast.OWNER.name)
SECRET = "Fresh-Start-2027!"


@pytest.fixture
def offer(house: Any, ask: Any) -> str:
    """Let NORD offer Brooklyn to whoever holds the mail; return where it leads."""
    with house.database.transaction(cast.MAKER_ID) as session:
        invite_customer(session, cast.BROOKLYN.id, email="n@b.example", actor=STAFF, now=utc_now())
    return str(newest(house, ask, "invitation")["path"])


def sign_in(person: Any, email: str = cast.KENJI.email) -> Any:
    return person.send("/signin", email=email, password=cast.PASSWORD)


@pytest.mark.rule("R158")
def test_an_organisation_trades_with_another_brand_as_the_same_organisation(
    house: Any, person: Any, newcomer: Any, offer: str
) -> None:
    sign_in(person)
    home = str(cast.GINZA.organisation_id)
    before = buyer_now(house.database, cast.BROOKLYN)
    assert person.send(offer, home=home).location == "/app"
    after = buyer_now(house.database, cast.BROOKLYN)
    assert (after.kind, str(after.organisation_id)) == ("connected", home)
    assert (after.id, after.unique_code) == (before.id, before.unique_code)
    assert cast.BROOKLYN.name in person.open("/app").text
    assert person.open(offer).status_code == 410
    with house.database.transaction(cast.MAKER_ID) as session:
        change = session.scalars(select(OwnershipChange)).one()
        assert (change.change, change.by_user_id) == ("connected", cast.KENJI.id)
        entries = select(AuditEntry.action).where(AuditEntry.action == "invitation_accepted")
        assert session.scalars(entries).all() == ["invitation_accepted"]


@pytest.mark.rule("R165")
def test_the_link_login_of_an_accepted_buyer_opens_nothing_more(
    house: Any, person: Any, newcomer: Any, offer: str
) -> None:
    door = f"/signin/{cast.OPEN.token}"
    given = {"email": cast.BROOKLYN.login_email, "password": cast.PASSWORD}
    buyer = newcomer()
    assert buyer.send(f"{door}/offline-buyer", on=door, **given).status_code == 302
    sign_in(person)
    person.send(offer, home="new", name="Brooklyn Ltd")
    assert newcomer("10.0.0.4").send(f"{door}/offline-buyer", on=door, **given).status_code == 401
    assert buyer.open(door).status_code == 200


def test_looking_changes_nothing_and_asks_to_sign_in(house: Any, person: Any, offer: str) -> None:
    page = person.open(offer)
    assert page.status_code == 200
    assert "/signin?next=/account/invitations/" in page.text
    assert person.send(offer, home="new", name="X").location.startswith("/signin")
    assert buyer_now(house.database, cast.BROOKLYN).kind == "offline"


@pytest.mark.rule("R51", "R53")
def test_who_has_no_account_registers_and_comes_back(
    house: Any, ask: Any, person: Any, offer: str
) -> None:
    form = "/account/registrations"
    given = {"email": "n@b.example", "name": "N", "password": SECRET, "next": offer}
    page = person.send(form, on=f"{form}?next={offer}", **given).location
    code = newest(house, ask, "verification_code")["secret"]
    bare = page.partition("?")[0]
    assert person.send(bare, on=page, code=code, next=offer).location == offer
    assert person.send(offer, home="new", name="Brooklyn Ltd").location == "/app"
    assert buyer_now(house.database, cast.BROOKLYN).kind == "connected"


@pytest.mark.rule("R37")
def test_an_offer_joins_only_an_organisation_that_one_owns(
    house: Any, person: Any, offer: str
) -> None:
    with house.database.transaction() as session:
        session.get_one(Membership, (cast.PORTLAND.organisation_id, cast.KENJI.id)).role = "member"
    sign_in(person)
    for home in (str(cast.PORTLAND.organisation_id), "rubbish", ""):
        assert person.send(offer, home=home).status_code == 422
    assert person.send(offer, home="new", name=" ").status_code == 422
    assert buyer_now(house.database, cast.BROOKLYN).kind == "offline"


def test_a_withdrawn_offer_opens_nothing(house: Any, person: Any, offer: str) -> None:
    with house.database.transaction(cast.MAKER_ID) as session:
        withdraw_invitation(session, cast.BROOKLYN.id, actor=STAFF, now=utc_now())
    assert person.open(offer).status_code == 410


@pytest.mark.rule("R161", "R164")
def test_an_order_and_an_acceptance_at_once_have_one_winner(
    house: Any, person: Any, offer: str
) -> None:
    sign_in(person)
    person.open(offer)
    event = completed(cast.BROOKLYN)
    with ThreadPoolExecutor(2) as pool:
        accepting = pool.submit(lambda: person.send(offer, home="new", name="Brooklyn Ltd"))
        pool.submit(deliver, house.database, event).result()
        accepting.result()
    buyer = buyer_now(house.database, cast.BROOKLYN)
    with house.database.transaction(cast.MAKER_ID) as session:
        changes = session.scalars(select(OwnershipChange.change)).all()
        state = session.scalars(select(BuyerInvitation.state)).one()
    assert len(changes) == 1
    assert buyer.kind == "connected"
    assert (changes, state, outcome_of(house.database, event)) in (
        (["moved"], "open", "moved"),
        (["connected"], "accepted", "not_offline"),
    )
