"""Buyers for programs: the same use cases as the pages, said in JSON."""

from typing import Any

import pytest
from identity_staff import TERMS, Program, log_of, make_key, row_of

from common.ids import new_id
from devstack.world import cast

BODY = {"brand_id": str(cast.NORD.id), "name": "By program", "terms": TERMS}


@pytest.fixture
def program(house: Any, person: Any) -> Program:
    return Program(house, make_key(person, "identity:write"))


@pytest.mark.rule("R48", "R54")
def test_a_buyer_is_created_with_what_was_made_for_it_answered_once(
    house: Any, program: Program
) -> None:
    reply = program.send(
        "POST", json=BODY | {"login_email": "p@x.example", "passcode_wanted": True}
    )
    assert reply.status_code == 201, reply.text
    assert set(reply.json["secrets"]) == {"login_password", "passcode"}
    here = f"/{reply.json['buyer_id']}"
    assert reply.headers["Location"].endswith(here)
    again = program.send("GET", here)
    assert again.headers["ETag"] == reply.headers["ETag"] == '"1"'
    assert "secrets" not in again.json
    assert (again.json["has_link_login"], again.json["has_passcode"]) == (True, True)
    [entry] = log_of(house, reply.json["buyer_id"])
    assert (entry["actor_kind"], entry["actor_name"]) == ("api_key", "Stock")


@pytest.mark.rule("R47", "R61")
def test_every_wrong_field_is_named_in_a_problem_document(program: Program) -> None:
    wrong = {**TERMS, "currency": "GBP", "rate": {"kind": "ratio", "value": "0.12345"}}
    reply = program.send("POST", json=BODY | {"name": "", "terms": wrong})
    assert reply.status_code == 422
    assert reply.mimetype == "application/problem+json"
    assert {e["field"] for e in reply.json["errors"]} == {"name", "currency", "rate_value"}
    taken = program.send("POST", json=BODY | {"unique_code": cast.AOYAMA.unique_code})
    assert (taken.status_code, taken.json["code"], taken.json["rule"]) == (
        422,
        "unique_code_taken",
        "R47",
    )
    assert program.send("POST", json=BODY | {"colour": "red"}).status_code == 422


def test_an_edit_needs_the_version_that_was_read(house: Any, program: Program) -> None:
    here = f"/{cast.AOYAMA.id}"
    body = {"name": "Renamed", "terms": TERMS}
    for nothing in ({}, {"If-Match": " "}):
        without = program.send("PUT", here, body, **nothing)
        assert (without.status_code, without.json["code"]) == (428, "precondition_required")
    assert program.send("PUT", here, body, **{"If-Match": '"7"'}).status_code == 412
    assert program.send("PUT", here, body, **{"If-Match": '"x"'}).status_code == 412
    done = program.send("PUT", here, body, **{"If-Match": '"1"'})
    assert (done.status_code, done.headers["ETag"]) == (200, '"2"')
    assert done.json["unique_code"] == cast.AOYAMA.unique_code
    late = program.send("PUT", here, body, **{"If-Match": '"1"'})
    assert late.json["code"] == "buyer_changed"


def test_ways_in_are_set_and_taken(house: Any, program: Program) -> None:
    here = f"/{cast.AOYAMA.id}"
    made = program.send("PUT", f"{here}/passcode", {}).json["secrets"]["passcode"]
    assert len(made) == 14
    given = program.send("PUT", f"{here}/passcode", {"passcode": "quiet-harbour-7"})
    assert given.json == {"secrets": {}}
    assert program.send("PUT", f"{here}/passcode", {"passcode": "abc"}).status_code == 422
    kept = program.send("PUT", f"{here}/login", {"login_email": "n@aoyama.example"})
    assert kept.json == {"secrets": {}}
    assert program.send("DELETE", f"{here}/login").status_code == 204
    assert program.send("DELETE", f"{here}/passcode").status_code == 204
    row = row_of(house, cast.AOYAMA.id)
    assert (row["login_email"], row["login_hash"], row["passcode_hash"]) == (None, None, None)
    gone = program.send("PUT", f"/{cast.GINZA.id}/login", {"login_email": "x@x.example"})
    assert (gone.status_code, gone.json["code"]) == (409, "no_link_login_for_connected")


@pytest.mark.rule("R108", "R109")
def test_addresses_are_kept_in_the_countrys_form(program: Program) -> None:
    here = f"/{cast.AOYAMA.id}/addresses"
    tokyo = {
        "country": "JP",
        "addressee": "青山",
        "zip": "１０７−００６２",
        "state": "Tokyo",
        "city": "港区",
        "line1": "南青山1",
    }
    made = program.send("POST", here, tokyo | {"is_default": True})
    assert made.status_code == 201, made.text
    assert (made.json["zip"], made.json["state"], made.json["is_default"]) == (
        "107-0062",
        "東京都",
        True,
    )
    listed = program.send("GET", here).json["addresses"]
    assert [each["is_default"] for each in listed] == [False, True]
    wrong = program.send(
        "PUT", f"{here}/{made.json['address_id']}", tokyo | {"zip": "1", "city": ""}
    )
    assert {e["field"] for e in wrong.json["errors"]} == {"zip", "city"}
    assert program.send("DELETE", f"{here}/{made.json['address_id']}").status_code == 204
    assert [e["is_default"] for e in program.send("GET", here).json["addresses"]] == [True]
    ginza = program.send("POST", f"/{cast.GINZA.id}/addresses", tokyo)
    assert (ginza.status_code, ginza.json["code"]) == (409, "addresses_of_customer")


def test_customers_are_invited_and_sessions_ended(program: Program, newcomer: Any) -> None:
    here = f"/{cast.AOYAMA.id}"
    door = f"/signin/{cast.OPEN.token}"
    newcomer("10.4.0.1").send(
        f"{door}/offline-buyer", on=door, email=cast.AOYAMA.login_email, password=cast.PASSWORD
    )
    [one] = program.send("GET", f"{here}/sessions").json["sessions"]
    assert one["method"] == "offline_login"
    assert program.send("DELETE", f"{here}/sessions/{one['session_id']}").status_code == 204
    assert program.send("GET", f"{here}/sessions").json["sessions"] == []
    offer = program.send("PUT", f"{here}/invitation", {"email": "who@aoyama.example"})
    assert (offer.status_code, offer.json["state"]) == (200, "open")
    assert program.send("PUT", f"{here}/invitation", {"email": "nobody"}).status_code == 422
    assert program.send("DELETE", f"{here}/invitation").status_code == 204


@pytest.mark.rule("R203")
@pytest.mark.parametrize("buyer_id", [cast.GINZA_SOLEIL.id, new_id()])
def test_nothing_of_another_brand_is_there(program: Program, buyer_id: Any) -> None:
    here = f"/{buyer_id}"
    calls: list[tuple[str, str, Any]] = [
        ("GET", "", None),
        ("PUT", "", {"name": "x", "terms": TERMS}),
        ("DELETE", "", None),
        ("PUT", "/login", {"login_email": "a@b.example"}),
        ("DELETE", "/login", None),
        ("PUT", "/passcode", {}),
        ("DELETE", "/passcode", None),
        ("GET", "/addresses", None),
        (
            "POST",
            "/addresses",
            {"country": "HK", "addressee": "A", "state": "Kowloon", "line1": "1"},
        ),
        ("DELETE", f"/addresses/{new_id()}", None),
        ("GET", "/sessions", None),
        ("DELETE", f"/sessions/{new_id()}", None),
        ("PUT", "/invitation", {"email": "a@b.example"}),
        ("DELETE", "/invitation", None),
    ]
    for method, path, body in calls:
        reply = program.send(method, here + path, body, **{"If-Match": '"1"'})
        assert (method, path, reply.status_code) == (method, path, 404)
        assert cast.GINZA_SOLEIL.unique_code not in reply.text


def test_a_reading_key_changes_nothing(house: Any, person: Any) -> None:
    reader = Program(house, make_key(person, "identity:read"))
    here = f"/{cast.AOYAMA.id}"
    assert reader.send("GET", here).status_code == 200
    for method, path in [("POST", ""), ("DELETE", here), ("PUT", f"{here}/passcode")]:
        assert reader.send(method, path, {}).json["code"] == "scope_missing"


def test_every_operation_is_described(house: Any) -> None:
    document = house.client().get("/api/identity/openapi.json").json
    own = ("/buyer", "/team", "/settings")
    paths = {path: item for path, item in document["paths"].items() if any(o in path for o in own)}
    verbs = {
        (v, p) for p, item in paths.items() for v in item if v in ("get", "post", "put", "delete")
    }
    assert len(verbs) >= 34
    for verb, path in verbs:
        said = paths[path][verb]
        assert said.get("summary"), (verb, path)
        assert any(code.startswith("2") for code in said["responses"]), (verb, path)
