"""The maker's settings and brands for programs (R61, R198)."""

from typing import Any

import pytest
from identity_staff import Program, create, make_key, set_role, sign_in
from sqlalchemy import text

from devstack.world import cast

SETTINGS = "/api/identity/v1/settings"
NORD, SOLEIL = f"/brands/{cast.NORD.id}", f"/brands/{cast.SOLEIL.id}"


@pytest.fixture
def program(house: Any, person: Any) -> Program:
    return Program(house, make_key(person, "settings:write"), at=SETTINGS)


def wish(program: Program, **changed: Any) -> dict[str, Any]:
    """Return the settings as they stand, as they are sent, with these changed."""
    kept = program.send("GET").json
    terms = [{"code": each["code"], "name": each["name"]} for each in kept["trade_terms"]]
    return {**kept, "trade_terms": terms, **changed}


def actions(house: Any) -> list[Any]:
    with house.database.transaction(cast.MAKER_ID) as session:
        query = text("select actor_kind, action from audit_entries order by id")
        return [tuple(row) for row in session.execute(query) if row.action != "api_key_created"]


@pytest.mark.rule("R61")
def test_what_a_program_enables_can_be_chosen(house: Any, program: Program) -> None:
    body = wish(program, time_zone="Europe/Paris", default_currency="JPY")
    body["currencies"] = [*body["currencies"], "GBP"]
    body["trade_terms"] = [*body["trade_terms"], {"code": "outlet", "name": "Outlet stores"}]
    saved = program.change("", body)
    assert saved.status_code == 200, saved.text
    read = program.send("GET")
    assert read.headers["ETag"] == saved.headers["ETag"]
    assert (read.json["time_zone"], read.json["default_currency"]) == ("Europe/Paris", "JPY")
    assert {each["code"]: each["buyers"] for each in read.json["trade_terms"]}["outlet"] == 0
    assert actions(house) == [("api_key", "settings_changed")]


@pytest.mark.rule("R61")
def test_a_trade_term_goes_when_no_buyer_has_it(house: Any, program: Program, person: Any) -> None:
    unused = next(e for e in program.send("GET").json["trade_terms"] if e["code"] == "consignment")
    if not unused["buyers"]:
        create(person, trade_term=str(cast.CONSIGNMENT.id))
    body = wish(program)
    body["trade_terms"] = [e for e in body["trade_terms"] if e["code"] != "consignment"]
    refused = program.change("", body)
    assert refused.status_code == 422
    [wrong] = refused.json["errors"]
    assert (wrong["field"], wrong["code"]) == ("trade_terms", "in_use")
    with house.database.transaction(cast.MAKER_ID) as session:
        moved = "update buyers set trade_term_id = :to where trade_term_id = :of"
        moved_count = session.execute(
            text(moved), {"to": cast.WHOLESALE.id, "of": cast.CONSIGNMENT.id}
        ).rowcount
    assert wrong["detail"].startswith(f"{moved_count} of your buyers")
    assert program.change("", body).status_code == 200
    assert [e["code"] for e in program.send("GET").json["trade_terms"]] == ["wholesale"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"languages": []}, "languages"),
        ({"currencies": ["JPY"]}, "currencies"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"default_trade_term": "nothing"}, "default_trade_term"),
        ({"trade_terms": [{"code": "a", "name": "A"}, {"code": "a", "name": "B"}]}, "trade_terms"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_is_named_and_changes_nothing(
    house: Any, program: Program, changed: dict[str, Any], field: str
) -> None:
    before = program.send("GET").json
    refused = program.change("", wish(program, **changed))
    assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
    assert field in {each["field"] for each in refused.json["errors"]}
    assert program.send("GET").json == before


def test_settings_and_names_of_brands_need_what_was_read(program: Program) -> None:
    body = wish(program)
    assert program.send("PUT", "", body).status_code == 428
    assert program.send("PUT", NORD, {"name": "N"}).status_code == 428
    tag = {"If-Match": program.send("GET").headers["ETag"]}
    assert program.send("PUT", "", {**body, "name": "Nord SA"}, **tag).status_code == 200
    assert program.send("PUT", "", {**body, "name": "Sud SA"}, **tag).status_code == 412
    assert program.send("GET").json["name"] == "Nord SA"
    assert program.send("PUT", NORD, {"name": "N"}, **{"If-Match": "*"}).status_code == 412


@pytest.mark.rule("R198")
def test_only_who_manages_and_keys_of_those_who_do_change_them(
    house: Any, program: Program, newcomer: Any
) -> None:
    sales = Program.of_person(house, sign_in(newcomer(), cast.SALES), at=SETTINGS)
    assert sales.change("", wish(sales)).json["code"] == "role_not_enough"
    assert sales.send("POST", "/brands", {"name": "A", "code": "AA"}).status_code == 403
    set_role(house, cast.OWNER, "member_write")
    assert program.change("", wish(program, name="Mine")).json["code"] == "role_not_enough"
    reading = Program(house, "ol_nothing", at=SETTINGS)
    assert reading.send("GET").status_code == 401


def test_other_scopes_open_nothing_of_it(house: Any, person: Any) -> None:
    reader = Program(house, make_key(person, "settings:read"), at=SETTINGS)
    assert reader.change("", wish(reader)).json["code"] == "scope_missing"
    other = Program(house, make_key(person, "identity:write", "team:write"), at=SETTINGS)
    for path in ("", "/brands", NORD):
        assert other.send("GET", path).json["code"] == "scope_missing"


@pytest.mark.rule("R203")
def test_a_key_sees_and_renames_its_own_brand_only(house: Any, program: Program, ask: Any) -> None:
    assert [each["code"] for each in program.send("GET", "/brands").json["brands"]] == ["NORD"]
    renamed = program.change(NORD, {"name": "  Nord  Studio "})
    assert (renamed.json["name"], renamed.json["code"]) == ("Nord Studio", "NORD")
    answer = ask("brands/read", {"brand_id": str(cast.NORD.id)}).json
    assert answer["name"] == "Nord Studio"
    tag = {"If-Match": renamed.headers["ETag"]}
    assert program.send("PUT", SOLEIL, {"name": "x"}, **tag).status_code == 404
    assert program.send("GET", SOLEIL).status_code == 404
    assert program.change(NORD, {"name": " "}).json["errors"][0]["field"] == "name"
    assert actions(house) == [("api_key", "brand_renamed")]


def test_a_new_brand_is_there_at_once_for_who_sees_all(
    house: Any, person: Any, newcomer: Any, ask: Any
) -> None:
    owner = Program.of_person(house, sign_in(person), at=SETTINGS)
    sales = sign_in(newcomer(), cast.SALES)
    assert len(owner.send("GET", "/brands").json["brands"]) == 2
    made = owner.send("POST", "/brands", {"name": "Fjord", "code": "fjord"})
    assert (made.status_code, made.json["code"]) == (201, "FJORD")
    there = owner.client.get(made.headers["Location"])
    assert (there.json["name"], there.headers["ETag"]) == ("Fjord", made.headers["ETag"])
    assert len(owner.send("GET", "/brands").json["brands"]) == 3
    answer = ask("brands/read", {"brand_id": made.json["brand_id"]}).json
    assert (answer["name"], answer["code"]) == ("Fjord", "FJORD")
    assert "Fjord" in person.open("/buyers/new").text
    assert "Fjord" not in sales.open("/buyers/new").text
    twice = owner.send("POST", "/brands", {"name": "Fjord", "code": "FJORD"})
    assert [each["code"] for each in twice.json["errors"]] == ["taken"]
    wrong = owner.send("POST", "/brands", {"name": "", "code": "A_B"})
    assert {each["field"] for each in wrong.json["errors"]} == {"name", "code"}


@pytest.mark.rule("R203")
def test_who_adds_a_brand_sees_it_without_seeing_all(house: Any, newcomer: Any) -> None:
    set_role(house, cast.SALES, "admin")
    admin = Program.of_person(house, sign_in(newcomer(), cast.SALES), at=SETTINGS)
    admin.send("POST", "/brands", {"name": "Fjord", "code": "FJORD"})
    assert {e["code"] for e in admin.send("GET", "/brands").json["brands"]} == {"NORD", "FJORD"}
    first = admin.send("GET", "/brands?limit=1").json
    rest = admin.send("GET", f"/brands?limit=1&after={first['next_after']}").json
    assert [e["code"] for e in first["brands"] + rest["brands"]] == ["NORD", "FJORD"]
    assert rest["next_after"] is None
