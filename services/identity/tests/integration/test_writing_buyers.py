"""Staff writes a buyer down and edits it."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from identity_orders import buyer_now
from identity_staff import FORM, create, log_of, refused, row_of, set_role, shown_once, sign_in
from sqlalchemy import text

from common.ids import new_id
from devstack.world import cast
from identity.store.models import TradeTerm


def enter(visitor: Any, way: str, **fields: str) -> Any:
    door = f"/signin/{cast.OPEN.token}"
    return visitor.send(f"{door}/{way}", on=door, **fields)


@pytest.mark.rule("R43", "R44", "R48")
def test_a_new_buyer_signs_in_with_what_was_made_for_it(
    house: Any, person: Any, newcomer: Any
) -> None:
    buyer_id = create(sign_in(person), login_email="Shop@Kyoto.example", passcode_wanted="yes")
    password, passcode = shown_once(person.page)
    row = row_of(house, buyer_id)
    assert len(row["unique_code"]) == 8
    assert row["login_email"] == "shop@kyoto.example"
    rep = enter(newcomer(), "brand-credentials", code=row["unique_code"].lower(), passcode=passcode)
    assert rep.location.startswith("/shop/")
    shop = enter(
        newcomer("10.0.0.9"), "offline-buyer", email="shop@kyoto.example", password=password
    )
    assert shop.location.startswith("/shop/")


@pytest.mark.rule("R54")
def test_secrets_are_shown_once_and_stored_as_hashes(house: Any, person: Any) -> None:
    buyer_id = create(sign_in(person), login_email="a@b.example", passcode_wanted="yes")
    secrets = shown_once(person.page)
    page = person.open(f"/buyers/{buyer_id}").text
    stored = str(dict(row_of(house, buyer_id))) + str([dict(e) for e in log_of(house, buyer_id)])
    assert len(secrets) == 2
    for secret in secrets:
        assert secret not in page
        assert secret not in stored
    assert stored.count("$argon2id$") == 2
    assert "$argon2" not in str([dict(entry) for entry in log_of(house, buyer_id)])


@pytest.mark.rule("R47")
def test_a_unique_code_is_unique_in_its_brand_and_free_in_another(house: Any, person: Any) -> None:
    sign_in(person)
    page = refused(person, unique_code="aoyama-01", name="Typed")
    assert 'id="unique_code-error"' in page
    assert 'value="Typed"' in page
    buyer_id = create(person, unique_code="AOYAMA-01", brand_id=str(cast.SOLEIL.id))
    assert row_of(house, buyer_id)["unique_code"] == "AOYAMA-01"


@pytest.mark.rule("D12")
def test_a_link_login_is_unique_in_its_brand(house: Any, person: Any) -> None:
    sign_in(person)
    page = refused(person, login_email=str(cast.AOYAMA.login_email).upper())
    assert 'id="login_email-error"' in page
    create(person, login_email=str(cast.AOYAMA.login_email), brand_id=str(cast.SOLEIL.id))


@pytest.mark.rule("R49", "R50")
def test_customer_codes_and_contact_emails_may_repeat(house: Any, person: Any) -> None:
    sign_in(person)
    same = {"customer_code": "K-1", "contact_email": "one@kyoto.example"}
    first = create(person, unique_code="K-1", **same)
    second = create(person, **same)
    assert row_of(house, first)["customer_code"] == row_of(house, first)["unique_code"] == "K-1"
    assert row_of(house, second)["contact_email"] == "one@kyoto.example"


@pytest.mark.rule("R61")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("language", "ko"),
        ("currency", "GBP"),
        ("trade_term", "018d0000-0000-7000-8000-00000000ffff"),
    ],
)
def test_terms_outside_of_what_the_maker_enables_are_refused(
    person: Any, field: str, value: str
) -> None:
    assert f'id="{field}-error"' in refused(sign_in(person), **{field: value})


def test_all_that_is_wrong_is_told_at_once(person: Any) -> None:
    sign_in(person)
    page = refused(person, name="", country="", login_email="x@y.example", login_password="short")
    assert set(re.findall(r'<a href="#([a-z_]+)">', page)) == {"name", "country", "login_password"}


def test_sending_the_form_twice_makes_one_buyer(house: Any, person: Any) -> None:
    from identity_staff import FORM

    sign_in(person)
    buyer_id = str(new_id())
    assert person.send("/buyers/new", id=buyer_id, **FORM).status_code == 201
    again = person.send("/buyers/new", id=buyer_id, **FORM)
    assert again.location == f"/buyers/{buyer_id}"
    assert person.open("/buyers?q=Kiosk+Kyoto").text.count("Kiosk Kyoto</a>") == 1


def edit(person: Any, buyer_id: Any, **changed: Any) -> Any:
    """Open the form, change some fields, send all of it, as a browser does."""
    import re

    page = person.open(f"/buyers/{buyer_id}/edit").text
    form = dict(re.findall(r'name="(\w+)" type="[a-z]+" value="([^"]*)"', page))
    form["version"] = re.search(r'name="version" value="(\d+)"', page)[1]  # type: ignore[index]
    for name, body in re.findall(r'<select class="input" id="(\w+)".*?>(.*?)</select>', page, re.S):
        found = re.search(r'value="([^"]*)" selected', body)
        form[name] = found[1] if found else ""
    for name, body in re.findall(
        r'<textarea class="input" id="(\w+)".*?>(.*?)</textarea>', page, re.S
    ):
        form[name] = body
    form.pop("csrf_token", None)
    return person.send(f"/buyers/{buyer_id}/edit", **form | {"type": "company"} | changed)


def test_what_is_edited_is_saved_and_logged_with_before_and_after(house: Any, person: Any) -> None:
    sign_in(person)
    reply = edit(person, cast.AOYAMA.id, rate_value="0.5125", tags="Tokyo, VIP")
    assert reply.status_code == 302, reply.text[-2000:]
    buyer = buyer_now(house.database, cast.AOYAMA)
    assert (f"{buyer.rate_value:.4f}", buyer.tags, buyer.version) == ("0.5125", ["Tokyo", "VIP"], 2)
    assert buyer.name == cast.AOYAMA.name
    [entry] = log_of(house, cast.AOYAMA.id)
    assert entry["action"] == "buyer_edited"
    assert entry["before"] == {"rate_value": "0.6000", "tags": []}
    assert entry["after"] == {"rate_value": "0.5125", "tags": ["Tokyo", "VIP"]}
    assert "0.5125" in person.open("/settings/audit").text


@pytest.mark.rule("R60")
def test_the_page_says_that_only_later_orders_follow(person: Any) -> None:
    sign_in(person)
    for path in (f"/buyers/{cast.AOYAMA.id}", f"/buyers/{cast.AOYAMA.id}/edit", "/buyers/new"):
        assert "counts for later orders only" in person.open(path).text


@pytest.mark.rule("R56")
def test_new_terms_are_what_every_service_is_told_from_then_on(
    house: Any, person: Any, ask: Any
) -> None:
    def told() -> Any:
        body = {"buyer_id": str(cast.AOYAMA.id), "brand_id": str(cast.NORD.id)}
        return ask("buyers/read", body).json

    before = told()
    edit(
        sign_in(person),
        cast.AOYAMA.id,
        currency="USD",
        language="en",
        rate_kind="percent_off",
        rate_value="40",
    )
    after = told()
    assert after["version"] > before["version"]
    assert after["terms"]["currency"] == "USD"
    assert after["terms"]["rate"] == {"kind": "percent_off", "value": "40.0000"}


def test_the_second_of_two_editors_is_told_and_loses_nothing(house: Any, person: Any) -> None:
    sign_in(person)
    edit(person, cast.AOYAMA.id, payment_terms="Net 60")
    late = edit(person, cast.AOYAMA.id, version="1", payment_terms="Typed by the second")
    assert late.status_code == 412
    assert "Somebody changed this buyer meanwhile" in late.text
    assert "Typed by the second" in late.text
    assert buyer_now(house.database, cast.AOYAMA).payment_terms == "Net 60"


@pytest.mark.rule("R16", "R203")
def test_readers_change_nothing_and_others_see_nothing(
    house: Any, person: Any, newcomer: Any
) -> None:
    sign_in(person, cast.SALES)
    for path in (f"/buyers/{cast.GINZA_SOLEIL.id}/edit", f"/buyers/{new_id()}/edit"):
        assert person.open(path).status_code == 404
    reply = person.send(
        f"/buyers/{cast.GINZA_SOLEIL.id}/passcode", on="/buyers", passcode="abcdef1"
    )
    assert reply.status_code == 404
    set_role(house, cast.SALES, "member_read")
    for path in ("/buyers/new", f"/buyers/{cast.AOYAMA.id}/edit"):
        assert person.open(path).status_code == 403
    for path in ("passcode", "login", "deletion", "invitation", "login/removal"):
        assert person.send(f"/buyers/{cast.AOYAMA.id}/{path}", on="/buyers").status_code == 403
    assert person.open(f"/buyers/{cast.AOYAMA.id}").status_code == 200
    assert "/edit" not in person.page


@pytest.mark.rule("R61")
def test_a_new_buyer_begins_with_what_the_maker_usually_gives(house: Any, person: Any) -> None:
    with house.database.transaction(cast.MAKER_ID) as session:
        session.execute(
            text("update makers set default_currency = 'EUR', default_trade_term_id = :t"),
            {"t": cast.CONSIGNMENT.id},
        )
    page = sign_in(person).open("/buyers/new").text
    assert '<option value="EUR" selected>' in page
    assert f'<option value="{cast.CONSIGNMENT.id}" selected>' in page


@pytest.mark.rule("R61")
@pytest.mark.parametrize("place", ["/buyers/new", f"/buyers/{cast.BROOKLYN.id}/edit"])
def test_a_trade_term_that_is_removed_at_the_very_moment_is_refused_at_its_field(
    house: Any, person: Any, place: str
) -> None:
    sign_in(person).open("/buyers/new")
    term = add_term(house)
    typed = {**FORM, "trade_term": str(term), "name": "Typed", "id": str(new_id()), "version": "1"}
    with ThreadPoolExecutor(1) as pool:
        with house.database.transaction(cast.MAKER_ID) as removing:
            removing.execute(text("delete from trade_terms where id = :id"), {"id": term})
            saving = pool.submit(lambda: person.send(place, on="/buyers", **typed))
            wait_until_somebody_waits(house)
        reply = saving.result()
    assert reply.status_code == 422
    assert "This trade term was removed just now" in reply.text
    assert 'id="trade_term-error"' in reply.text
    assert 'value="Typed"' in reply.text


def add_term(house: Any) -> UUID:
    term = TradeTerm(maker_id=cast.MAKER_ID, code="fleeting", name="Fleeting")
    with house.database.transaction(cast.MAKER_ID) as session:
        session.add(term)
        session.flush()
        return UUID(str(term.id))


def wait_until_somebody_waits(house: Any) -> None:
    """Return when a statement waits for a lock, as the foreign key does for the removed term."""
    deadline = time.monotonic() + 20
    waiting = text("select count(*) from pg_locks where not granted")
    while time.monotonic() < deadline:
        with house.database.transaction() as session:
            if session.scalar(waiting):
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")
