"""The maker's settings: what its brands' buyers can be given (R61, R198)."""

import html
import re
from typing import Any

import pytest
from identity_staff import create, sign_in
from sqlalchemy import select

from devstack.world import cast
from identity.store.brands import count_buyers_by_term
from identity.store.models import AuditEntry, Maker, TradeTerm

SEEN = re.compile(r'name="seen" value="([^"]*)"')


@pytest.fixture
def owner(person: Any) -> Any:
    return sign_in(person)


def maker_now(house: Any) -> Maker:
    with house.database.transaction(cast.MAKER_ID) as session:
        found: Maker = session.get_one(Maker, cast.MAKER_ID)
        return found


def save(person: Any, house: Any, **changed: Any) -> Any:
    """Post the whole form as it stands with these fields changed."""
    person.open("/settings")
    found = SEEN.search(person.page)
    maker = maker_now(house)
    form = {
        "seen": html.unescape(found[1]) if found else "",
        "name": maker.name,
        "languages": list(maker.languages),
        "default_language": maker.default_language,
        "currencies": list(maker.currencies),
        "default_currency": maker.default_currency or "",
        "time_zone": maker.time_zone,
        "default_trade_term": "",
    }
    return person.send("/settings", **form | changed)


@pytest.mark.rule("R61")
def test_what_is_enabled_can_be_chosen_for_buyers(house: Any, owner: Any) -> None:
    before = maker_now(house)
    saved = save(
        owner,
        house,
        currencies=[*before.currencies, "GBP"],
        languages=[*before.languages, "de"],
        time_zone="Europe/Paris",
        new_term_code="Outlet",
        new_term_name="Outlet stores",
        default_currency="GBP",
    )
    assert saved.status_code == 303, saved.text[-2000:]
    after = maker_now(house)
    assert "GBP" in after.currencies
    assert (after.time_zone, after.default_currency) == ("Europe/Paris", "GBP")
    with house.database.transaction(cast.MAKER_ID) as session:
        term = session.scalars(select(TradeTerm).where(TradeTerm.code == "outlet")).one()
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "maker"))
    assert entry.action == "settings_changed"
    assert set(entry.after) == {
        "currencies",
        "languages",
        "time_zone",
        "trade_terms",
        "default_currency",
    }
    create(owner, currency="GBP", language="de", trade_term=str(term.id))


@pytest.mark.rule("R61")
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"currencies": ["USD"]}, "Buyers use what you took away"),
        ({"languages": ["en"]}, "Buyers use what you took away"),
        ({"languages": []}, "Choose at least one"),
        ({"languages": ["en", "ja", "fr", "xx"]}, "Please choose from the list"),
        ({"default_language": "ko"}, "Choose one that is enabled above"),
        ({"default_currency": "KWD"}, "Choose one that is enabled above"),
        ({"time_zone": "Mars/Olympus"}, "Please choose from the list"),
        ({"new_term_code": "a b", "new_term_name": "A"}, "A code has small letters"),
        ({"new_term_code": "sale", "new_term_name": ""}, "Every trade term needs a name"),
        ({"name": ""}, "Please fill this in"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_changes_nothing(
    house: Any, owner: Any, changed: dict[str, Any], sentence: str
) -> None:
    before = maker_now(house)
    reply = save(owner, house, **changed)
    assert reply.status_code == 422
    assert sentence in reply.text
    after = maker_now(house)
    for name in ("name", "languages", "currencies", "time_zone", "default_language"):
        assert getattr(after, name) == getattr(before, name)


def test_the_second_of_two_who_change_them_is_told(house: Any, owner: Any) -> None:
    save(owner, house, name="Atelier Nord GmbH")
    reply = save(owner, house, seen="{}", name="Atelier Sud")
    assert reply.status_code == 409
    assert "Somebody else changed the settings" in reply.text
    assert 'value="Atelier Sud"' in reply.text, "Nothing typed is lost."
    assert maker_now(house).name == "Atelier Nord GmbH"


@pytest.mark.rule("R198")
def test_members_look_and_change_nothing(house: Any, newcomer: Any) -> None:
    sales = sign_in(newcomer(), cast.SALES)
    assert 'name="currencies"' not in sales.open("/settings").text
    assert sales.send("/settings", name="Mine").status_code == 403


@pytest.mark.rule("R61")
def test_a_trade_term_is_removed_unless_buyers_have_it(house: Any, owner: Any) -> None:
    saved = save(owner, house, new_term_code="outlet", new_term_name="Outlet stores")
    assert saved.status_code == 303
    assert 'value="outlet"' in owner.open("/settings").text
    assert 'value="wholesale"> Remove' not in owner.page
    refused = save(owner, house, remove_terms="wholesale")
    assert refused.status_code == 422
    with house.database.transaction(cast.MAKER_ID) as session:
        buyers = count_buyers_by_term(session)["wholesale"]
    assert f"{buyers} buyers have the trade term “{cast.WHOLESALE.name}”" in refused.text
    gone = save(owner, house, remove_terms="outlet", default_trade_term="outlet")
    assert gone.status_code == 303, gone.text[-2000:]
    with house.database.transaction(cast.MAKER_ID) as session:
        codes = set(session.scalars(select(TradeTerm.code)))
    assert codes == {cast.WHOLESALE.code, cast.CONSIGNMENT.code}
    assert maker_now(house).default_trade_term_id is None


@pytest.mark.rule("R198")
def test_a_brand_is_added_and_renamed(house: Any, owner: Any, newcomer: Any) -> None:
    wrong = owner.send("/settings/brands/new", name="Fjord", code="NORD")
    assert wrong.status_code == 422
    assert "Another of your brands has this code" in wrong.text
    assert 'value="Fjord"' in wrong.text
    assert owner.send("/settings/brands/new", name="Fjord", code="fjord").status_code == 303
    page = owner.open("/settings").text
    assert "Order numbers begin with FJORD" in page
    nord = f"/settings/brands/{cast.NORD.id}"
    assert owner.send(nord, name="").status_code == 422
    assert owner.send(nord, name="Nord Studio").status_code == 303
    assert "Nord Studio" in owner.open("/settings").text
    with house.database.transaction(cast.MAKER_ID) as session:
        query = select(AuditEntry.action).where(AuditEntry.subject_kind == "brand")
        assert list(session.scalars(query.order_by(AuditEntry.id))) == [
            "brand_added",
            "brand_renamed",
        ]
    sales = sign_in(newcomer(), cast.SALES)
    assert "/settings/brands" not in sales.open("/settings").text
    assert sales.send(nord, on="/buyers", name="Mine").status_code == 403
    assert sales.open(f"/settings/brands/{cast.SOLEIL.id}").status_code == 404
    assert sales.send("/settings/brands/new", on="/buyers", name="A", code="AA").status_code == 403
