"""Who may do what in the Buyer App: members, owners, and nobody else's things."""

import json
from pathlib import Path
from typing import Any

import pytest
from identity_mails import mails, newest
from identity_orders import buyer_now
from sqlalchemy import select

from devstack.world import cast
from identity.store.models import Address, AuditEntry, Membership, Organisation, User

GINZA = f"/app/buyers/{cast.GINZA.id}"
HOME = f"/app/organisations/{cast.GINZA.organisation_id}"
BOOK = f"{GINZA}/addresses"
TOKYO = {
    "country": "JP",
    "addressee": "銀座セレクト 倉庫",
    "zip": "１０４００６１",
    "state": "東京都",
    "city": "中央区",
    "line1": "銀座4-1-1",
    "phone": "03-5555-0100",
}


@pytest.fixture
def kenji(house: Any, person: Any) -> Any:
    sample = json.loads(Path("docs/contracts/catalog.catalogs_read.json").read_text())
    house.peers.answers["catalog", "catalogs/read"] = lambda asked: sample["response"]
    person.send("/signin", email=cast.KENJI.email, password=cast.PASSWORD)
    return person


def addresses(house: Any) -> list[Address]:
    with house.database.transaction(cast.MAKER_ID) as session:
        query = select(Address).where(Address.buyer_id == cast.GINZA.id)
        return list(session.scalars(query.order_by(Address.id)))


def colleague(house: Any, role: str = "member") -> User:
    """Put the demo's owner of NORD into Ginza's organisation."""
    with house.database.transaction() as session:
        row = Membership(
            organisation_id=cast.GINZA.organisation_id, user_id=cast.OWNER.id, role=role
        )
        session.add(row)
        return session.get_one(User, cast.OWNER.id)


@pytest.mark.rule("R157")
def test_a_buyers_page_shows_the_brands_catalogs_and_leads_to_the_orders(kenji: Any) -> None:
    page = kenji.open(GINZA).text
    assert "2027年 春夏" in page or "SS27 Women" in page
    assert f"/app/orders?buyer={cast.GINZA.id}" in page


def test_without_catalog_the_page_says_so_and_lives(house: Any, kenji: Any) -> None:
    from common.errors import Unavailable

    def away(asked: Any) -> Any:
        raise Unavailable

    house.peers.answers["catalog", "catalogs/read"] = away
    reply = kenji.open(f"/app/buyers/{cast.PORTLAND.id}?language=en")
    assert reply.status_code == 200
    assert "cannot be shown just now" in reply.text


@pytest.mark.rule("R37", "R160", "R203")
def test_buyers_of_others_and_offline_ones_are_not_there(kenji: Any) -> None:
    for buyer in (cast.AOYAMA, cast.BROOKLYN):
        path = f"/app/buyers/{buyer.id}"
        assert kenji.open(path).status_code == 404
        assert kenji.open(f"{path}/addresses/new").status_code == 404
        for post in ("recipients", "addresses/new"):
            assert kenji.send(f"{path}/{post}", on="/app", **TOKYO).status_code == 404


@pytest.mark.rule("R109")
def test_an_address_is_kept_in_its_countrys_form_and_made_the_default(
    house: Any, kenji: Any
) -> None:
    version = buyer_now(house.database, cast.GINZA).version
    assert kenji.send(f"{BOOK}/new", **TOKYO, uses="billing").location.startswith(GINZA)
    first, second = addresses(house)
    assert second.zip == "104-0061"
    buyer = buyer_now(house.database, cast.GINZA)
    assert (buyer.default_address_id, buyer.default_billing_address_id) == (first.id, second.id)
    assert buyer.version > version
    kenji.send(f"{BOOK}/{second.id}/defaults", on=GINZA, use="delivery")
    assert buyer_now(house.database, cast.GINZA).default_address_id == second.id
    kenji.send(f"{BOOK}/{second.id}/deletion", on=GINZA)
    buyer = buyer_now(house.database, cast.GINZA)
    assert (buyer.default_address_id, buyer.default_billing_address_id) == (first.id, first.id)


@pytest.mark.rule("R108")
def test_a_wrong_address_comes_back_with_what_was_typed(house: Any, kenji: Any) -> None:
    reply = kenji.send(f"{BOOK}/new", **{**TOKYO, "zip": "12", "city": ""})
    assert reply.status_code == 422
    assert 'id="zip-error"' in reply.text
    assert 'id="city-error"' in reply.text
    assert "銀座セレクト 倉庫" in reply.text
    assert len(addresses(house)) == 1


def test_another_country_draws_another_form_and_saves_nothing(house: Any, kenji: Any) -> None:
    kenji.open("/app?language=en")
    reply = kenji.send(f"{BOOK}/new", country="US", addressee="Kept", action="country")
    assert reply.status_code == 200
    assert '<option value="US" selected' in reply.text
    assert "Kept" in reply.text
    assert len(addresses(house)) == 1


@pytest.mark.rule("R37")
def test_an_address_of_another_buyer_is_not_there(house: Any, kenji: Any) -> None:
    with house.database.transaction(cast.MAKER_ID) as session:
        other = session.scalars(select(Address).where(Address.buyer_id == cast.AOYAMA.id)).one()
    path = f"{BOOK}/{other.id}"
    assert kenji.open(path).status_code == 404
    assert kenji.send(path, on="/app", **TOKYO).status_code == 404
    assert kenji.send(f"{path}/deletion", on="/app").status_code == 404


@pytest.mark.rule("R189")
def test_recipients_are_kept_once_each_and_written_down(house: Any, kenji: Any, ask: Any) -> None:
    emails = " A@ginza.example\nb@ginza.example\na@GINZA.example\n"
    assert kenji.send(f"{GINZA}/recipients", on=GINZA, emails=emails).status_code == 303
    question = {"buyer_id": str(cast.GINZA.id), "brand_id": str(cast.NORD.id)}
    told = ask("buyers/read", question).json["recipients"]
    assert told == ["a@ginza.example", "b@ginza.example"]
    with house.database.transaction(cast.MAKER_ID) as session:
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.actor_kind, entry.action) == ("user", "buyer_edited")
    wrong = kenji.send(f"{GINZA}/recipients", on=GINZA, emails="no address")
    assert wrong.status_code == 422
    assert "no address" in wrong.text


def test_an_organisation_is_made_renamed_and_its_maker_is_its_primary_owner(
    house: Any, kenji: Any
) -> None:
    page = kenji.send("/app/organisations/new", name="Second Shop").location
    assert kenji.send(page, name="Second Shop Ltd").location == page
    assert "Second Shop Ltd" in kenji.open("/app").text
    with house.database.transaction() as session:
        made = session.scalars(
            select(Organisation).where(Organisation.name == "Second Shop Ltd")
        ).one()
        member = session.get_one(Membership, (made.id, cast.KENJI.id))
        assert member.role == "primary_owner"


def test_a_member_is_invited_by_mail_and_joins(
    house: Any, ask: Any, kenji: Any, newcomer: Any
) -> None:
    given = {"email": cast.OWNER.email, "role": "member"}
    assert kenji.send(f"{HOME}/invitations", on=HOME, **given).location == HOME
    [mail] = mails(house, "invitation")
    assert (mail["values"]["what"], mail["values"]["role"]) == ("organisation", "member")
    path = newest(house, ask, "invitation")["path"]
    assert kenji.send(path).status_code == 403, "accepted by somebody else"
    guest = newcomer()
    guest.send("/signin", email=cast.OWNER.email, password=cast.PASSWORD)
    assert guest.send(path).location == "/app"
    assert cast.GINZA.name in guest.open("/app").text
    assert guest.open(path).status_code == 410


def test_a_new_invitation_ends_the_one_before(house: Any, ask: Any, kenji: Any) -> None:
    paths = []
    for _ in range(2):
        kenji.send(f"{HOME}/invitations", on=HOME, email="x@ginza.example", role="member")
        paths.append(newest(house, ask, "invitation")["path"])
    assert [kenji.open(path).status_code for path in paths] == [410, 200]
    kenji.send(f"{HOME}/invitations/withdrawal", on=HOME, email="x@ginza.example")
    assert kenji.open(paths[1]).status_code == 410


def test_members_decide_nothing_about_members(house: Any, kenji: Any, newcomer: Any) -> None:
    colleague(house)
    guest = newcomer()
    guest.send("/signin", email=cast.OWNER.email, password=cast.PASSWORD)
    for path, fields in (
        (HOME, {"name": "Mine"}),
        (f"{HOME}/invitations", {"email": "x@y.example", "role": "owner"}),
        (f"{HOME}/members/{cast.OWNER.id}", {"role": "owner"}),
        (f"{HOME}/members/{cast.KENJI.id}/removal", {}),
    ):
        assert guest.send(path, on=HOME, **fields).status_code == 403, path


def test_there_is_always_one_primary_owner(house: Any, kenji: Any) -> None:
    colleague(house)
    other, own = f"{HOME}/members/{cast.OWNER.id}", f"{HOME}/members/{cast.KENJI.id}"
    assert kenji.send(f"{own}/removal", on=HOME).status_code == 409
    assert kenji.send(own, on=HOME, role="member").status_code == 409
    assert kenji.send(other, on=HOME, role="primary_owner").location == HOME
    with house.database.transaction() as session:
        query = select(Membership.role).where(
            Membership.organisation_id == cast.GINZA.organisation_id
        )
        assert sorted(session.scalars(query)) == ["owner", "primary_owner"]
    assert kenji.send(f"{own}/removal", on=HOME).location == "/app"


@pytest.mark.rule("R37")
def test_a_removed_member_orders_no_more(house: Any, kenji: Any, newcomer: Any) -> None:
    colleague(house)
    guest, door = newcomer(), f"/signin/{cast.OPEN.token}"
    guest.send(f"{door}/user-account", on=door, email=cast.OWNER.email, password=cast.PASSWORD)
    guest.send(f"{door}/buyers", buyer_id=str(cast.GINZA.id))
    assert guest.open(door).status_code == 302
    kenji.send(f"{HOME}/members/{cast.OWNER.id}/removal", on=HOME)
    house.deps.cache.flushdb()
    assert guest.open(door).status_code == 200


@pytest.mark.rule("R203")
def test_another_organisation_is_not_there(house: Any, kenji: Any) -> None:
    with house.database.transaction() as session:
        other = Organisation(name="Somebody else's")
        session.add(other)
    path = f"/app/organisations/{other.id}"
    assert kenji.open(path).status_code == 404
    for post in ("", "/invitations", f"/members/{cast.KENJI.id}/removal"):
        fields = {"name": "x", "email": "x@y.example", "role": "member"}
        assert kenji.send(path + post, on="/app", **fields).status_code == 404
