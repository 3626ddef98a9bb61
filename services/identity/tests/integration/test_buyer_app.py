"""The Buyer App: organisations and members, a buyer's catalogs, addresses and recipients."""

from typing import Any

import pytest
from identity_mails import newest
from sqlalchemy import select

from common.testing.peers import sample_answer
from devstack.world import cast
from identity.store.models import Address, Recipient

GINZA = f"/app/buyers/{cast.GINZA.id}"
HOME = {
    "country": "JP",
    "addressee": "銀座セレクト 倉庫",
    "zip": "１０４-００６１",
    "state": "東京都",
    "city": "中央区",
    "line1": "銀座4-5-6",
    "line2": "",
    "phone": "03-9999-0000",
}


@pytest.fixture
def kenji(person: Any) -> Any:
    person.send("/signin", email=cast.KENJI.email, password=cast.PASSWORD)
    return person


def book(house: Any) -> list[Address]:
    with house.database.transaction(cast.MAKER_ID) as session:
        query = select(Address).where(Address.buyer_id == cast.GINZA.id).order_by(Address.id)
        return list(session.scalars(query))


@pytest.mark.rule("R157")
def test_a_buyer_shows_its_brands_catalogs_and_lives_without_them(house: Any, kenji: Any) -> None:
    page = kenji.open(GINZA).text
    catalog = sample_answer("catalog", "catalogs/read")["catalogs"][0]
    assert catalog["names"]["ja"] in page
    assert f"/app/shop/{cast.GINZA.id}/catalogs/{catalog['catalog_id']}" in page
    assert f"/app/shop/{cast.GINZA.id}" in kenji.open("/app").text
    assert f"/app/orders?buyer={cast.GINZA.id}" in page
    house.peers.close()
    house.deps.cache.flushdb()
    kenji.send("/signin", email=cast.KENJI.email, password=cast.PASSWORD)
    away = kenji.open(GINZA)
    assert away.status_code == 200
    assert "カタログを表示できません" in away.text


@pytest.mark.rule("R160", "R203")
@pytest.mark.parametrize("buyer", [cast.AOYAMA, cast.BROOKLYN])
def test_a_buyer_of_others_is_not_there(kenji: Any, buyer: cast.Buyer) -> None:
    for path in ("", "/addresses/new"):
        assert kenji.open(f"/app/buyers/{buyer.id}{path}").status_code == 404
    sent = kenji.send(f"/app/buyers/{buyer.id}/recipients", on="/app", emails="a@b.example")
    assert sent.status_code == 404


@pytest.mark.rule("R109")
def test_an_address_is_added_made_the_default_and_deleted(house: Any, kenji: Any) -> None:
    [first] = book(house)
    new = f"{GINZA}/addresses/new"
    assert kenji.send(new, **HOME, uses="billing").status_code == 303
    added = book(house)[-1]
    assert (added.zip, added.addressee) == ("104-0061", "銀座セレクト 倉庫")
    assert "〒104-0061 · 東京都中央区銀座4-5-6" in kenji.open(GINZA).text
    path = f"{GINZA}/addresses/{added.id}"
    assert kenji.send(f"{path}/defaults", on=GINZA, use="delivery").status_code == 303
    assert kenji.send(f"{path}/deletion", on=path).status_code == 303
    assert [each.id for each in book(house)] == [first.id]
    assert "南青山" in kenji.open(GINZA).text


def test_a_wrong_address_keeps_what_was_typed(house: Any, kenji: Any) -> None:
    wrong = kenji.send(f"{GINZA}/addresses/new", **(HOME | {"zip": "12"}))
    assert wrong.status_code == 422
    assert "銀座4-5-6" in wrong.text
    assert len(book(house)) == 1


@pytest.mark.rule("R189")
def test_recipients_are_the_customers_own(house: Any, kenji: Any) -> None:
    sent = kenji.send(f"{GINZA}/recipients", on=GINZA, emails="A@Ginza.example\nb@ginza.example")
    assert sent.status_code == 303
    with house.database.transaction(cast.MAKER_ID) as session:
        query = select(Recipient.email).where(Recipient.buyer_id == cast.GINZA.id)
        assert set(session.scalars(query)) == {"a@ginza.example", "b@ginza.example"}
    wrong = kenji.send(f"{GINZA}/recipients", on=GINZA, emails="nobody")
    assert wrong.status_code == 422
    assert "nobody" in wrong.text


def test_an_organisation_is_made_named_and_shared(
    house: Any, kenji: Any, newcomer: Any, ask: Any
) -> None:
    made = kenji.send("/app/organisations/new", name="健二商店")
    assert made.status_code == 303
    path = made.location
    assert "健二商店" in kenji.open(path).text
    assert kenji.send(path, name="").status_code == 422
    assert kenji.send(path, name="健二商店 2号店").status_code == 303
    assert "2号店" in kenji.open("/app").text
    invited = kenji.send(f"{path}/invitations", on=path, email="new@ginza.example", role="member")
    assert invited.status_code == 303
    assert newest(house, ask, "invitation")["path"].startswith("/account/invitations/")
    assert "new@ginza.example" in kenji.open(path).text
    kenji.send(f"{path}/invitations/withdrawal", on=path, email="new@ginza.example")
    assert "new@ginza.example" not in kenji.open(path).text
    stranger = newcomer()
    stranger.send("/signin", email=cast.OWNER.email, password=cast.PASSWORD)
    assert stranger.open(path).status_code == 404
