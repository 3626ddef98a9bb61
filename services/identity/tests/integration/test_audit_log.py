"""The audit log: owners read who changed what; nobody changes it."""

import html
import json
import re
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from common.ids import new_id
from devstack.world import cast


def sign_in(person: Any, staff: cast.Staff) -> None:
    person.send("/signin", email=staff.email, password=cast.PASSWORD)


def make_keys(person: Any, count: int, brand: cast.Brand = cast.NORD) -> None:
    for number in range(count):
        person.send(
            "/settings/api-keys",
            id=str(new_id()),
            brand_id=str(brand.id),
            name=f"Key {number}",
            scopes=["links:read"],
        )


def test_it_says_who_did_what_and_by_which_request(house: Any, person: Any) -> None:
    sign_in(person, cast.OWNER)
    make_keys(person, 1)
    with house.database.transaction(cast.MAKER_ID) as session:
        [entry] = session.execute(text("select * from audit_entries")).mappings()
    assert entry["action"] == "api_key_created"
    assert (entry["actor_id"], entry["actor_name"]) == (cast.OWNER.id, cast.OWNER.name)
    assert entry["after"]["scopes"] == ["links:read"]
    assert len(entry["request_id"]) >= 8
    page = person.open("/settings/audit").text
    assert "API key made" in page
    assert entry["request_id"] in page


def test_in_japanese_its_codes_are_words(house: Any, person: Any) -> None:
    sign_in(person, cast.OWNER)
    make_keys(person, 1)
    person.send(f"/team/{cast.SALES.id}", role="member_read", brands=str(cast.NORD.id))
    person.open("/settings")
    form = {"name": "Nord", "languages": ["en", "ja", "fr"], "currencies": ["JPY", "USD", "EUR"]}
    seen = html.unescape(re.findall(r'name="seen" value="([^"]*)"', person.page)[0])
    person.send(
        "/settings",
        seen=seen,
        **form,
        default_language="ja",
        time_zone=json.loads(seen)["time_zone"],
    )
    page = person.open("/settings/audit?language=ja").text
    for words in ("リンク：参照", "メンバー（閲覧）", "既定の言語", "日本語"):
        assert words in page, words
    for code in ("links:read", "member_read", "Default language"):
        assert code not in page, code


@pytest.mark.rule("R198")
def test_only_owners_read_it(house: Any, person: Any) -> None:
    sign_in(person, cast.SALES)
    assert person.open("/settings/audit").status_code == 403
    with house.database.transaction(cast.MAKER_ID) as session:
        session.execute(
            text("update staff_members set role = 'admin' where user_id = :u"), {"u": cast.SALES.id}
        )
    house.deps.cache.flushdb()
    assert person.open("/settings/audit").status_code == 403


@pytest.mark.rule("R203")
def test_an_owner_of_one_brand_reads_nothing_of_the_other(
    house: Any, person: Any, newcomer: Any
) -> None:
    sign_in(person, cast.OWNER)
    make_keys(person, 1, brand=cast.SOLEIL)
    with house.database.transaction(cast.MAKER_ID) as session:
        session.execute(
            text("update staff_members set role = 'owner' where user_id = :u"), {"u": cast.SALES.id}
        )
    sales = newcomer()
    sign_in(sales, cast.SALES)
    assert "Key 0" not in sales.open("/settings/audit").text


@pytest.mark.parametrize(
    "change", ["update audit_entries set actor_name = 'x'", "delete from audit_entries"]
)
def test_the_application_itself_cannot_change_it(house: Any, person: Any, change: str) -> None:
    sign_in(person, cast.OWNER)
    make_keys(person, 1)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        house.database.transaction(cast.MAKER_ID) as session,
    ):
        session.execute(text(change))


def test_it_is_filtered_and_paged(house: Any, person: Any) -> None:
    sign_in(person, cast.OWNER)
    make_keys(person, 2)
    with house.database.transaction(cast.MAKER_ID) as session:
        session.execute(
            text(
                "insert into audit_entries select gen_random_uuid(), brand_id, at, 'user', null,"
                " 'Nobody', action, 'maker', null, 'Row ' || n, before, after, request_id, maker_id"
                " from audit_entries, generate_series(1, 40) n"
            )
        )
    first = person.open("/settings/audit").text
    assert first.count('class="audit__row"') == 50
    assert 'rel="next"' in first
    mine = person.open(f"/settings/audit?actor={cast.OWNER.id}").text
    assert mine.count('class="audit__row"') == 2
    assert person.open("/settings/audit?kind=api_key").text.count('class="audit__row"') == 2
    assert "No change fits" in person.open(f"/settings/audit?subject={new_id()}").text
    assert person.open("/settings/audit?actor=nonsense").status_code == 422
