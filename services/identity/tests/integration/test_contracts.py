"""Every question that identity answers, against the samples that the askers test with."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from common.ids import new_id
from common.sessions import copy_key, hash_of
from devstack.world import cast

Ask = Callable[..., TestResponse]
CONTRACTS = Path(__file__).parents[4] / "docs" / "contracts"


def sample(name: str) -> Any:
    return json.loads((CONTRACTS / f"identity.{name}.json").read_text())["response"]


def shape(value: Any) -> Any:
    """Return the keys and kinds of values; None fits anything."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


def assert_same_shape(answer: Any, expected: Any, path: str = "") -> None:
    if isinstance(expected, dict) and isinstance(answer, dict):
        assert sorted(answer) == sorted(expected), path
        for key in expected:
            assert_same_shape(answer[key], expected[key], f"{path}.{key}")
    elif isinstance(expected, list) and isinstance(answer, list):
        if answer and expected:
            assert_same_shape(answer[0], expected[0], f"{path}[0]")
    elif answer is not None and expected is not None:
        assert type(answer) is type(expected), path


def buyer_question(buyer: cast.Buyer, brand: cast.Brand) -> dict[str, str]:
    return {"buyer_id": str(buyer.id), "brand_id": str(brand.id)}


@pytest.mark.rule("R56")
def test_buyers_read_says_the_buyers_own_terms(ask: Ask) -> None:
    for buyer in (cast.AOYAMA, cast.BROOKLYN):
        answer = ask("buyers/read", buyer_question(buyer, cast.NORD)).json
        assert_same_shape(answer, sample("buyers_read"))
        assert answer["terms"]["currency"] == buyer.currency
        assert answer["terms"]["language"] == buyer.language
        assert answer["terms"]["rate"] == {"kind": buyer.rate_kind, "value": buyer.rate_value}
        assert answer["default_address_id"] == answer["addresses"][0]["address_id"]
        assert answer["recipients"] == [buyer.contact_email]


@pytest.mark.rule("R203")
def test_another_brands_buyer_is_not_there(ask: Ask) -> None:
    reply = ask("buyers/read", buyer_question(cast.GINZA_SOLEIL, cast.NORD))
    assert (reply.status_code, reply.json["code"]) == (404, "buyer_not_found")
    assert (
        ask("buyers/read", {"buyer_id": str(new_id()), "brand_id": str(new_id())}).status_code
        == 404
    )


@pytest.mark.rule("R61")
def test_brands_read_says_what_the_maker_enables(ask: Ask) -> None:
    answer = ask("brands/read", {"brand_id": str(cast.NORD.id)}).json
    assert_same_shape(answer, sample("brands_read"))
    assert answer["currencies"] == list(cast.CURRENCIES)
    assert answer["time_zone"] == cast.TIME_ZONE


def test_terms_in_use_counts_without_naming_anybody(ask: Ask) -> None:
    answer = ask("brands/terms-in-use", {"brand_id": str(cast.NORD.id)}).json
    assert_same_shape(answer, sample("brands_terms-in-use"))
    counts = {(row["currency"], row["country"]): row["buyers"] for row in answer["rows"]}
    of_nord = Counter((b.currency, b.country) for b in cast.BUYERS if b.brand is cast.NORD)
    assert counts == of_nord
    assert counts["JPY", "JP"] > 1


@pytest.mark.rule("R36", "R181")
def test_users_buyers_lists_connected_buyers_of_all_brands(ask: Ask) -> None:
    answer = ask("users/buyers", {"user_id": str(cast.KENJI.id)}).json
    assert_same_shape(answer, sample("users_buyers"))
    expected = {str(b.id) for b in (cast.GINZA, cast.GINZA_SOLEIL, cast.PORTLAND)}
    assert {each["buyer_id"] for each in answer["buyers"]} == expected


def test_passes_grant_gives_a_token_once(ask: Ask) -> None:
    question = {"link_id": str(cast.OPEN.id), "passcode_version": 1, "browser_token_hash": None}
    first = ask("passes/grant", question).json
    assert_same_shape(first, sample("passes_grant"))
    again = question | {"browser_token_hash": hash_of(first["browser_token"])}
    assert ask("passes/grant", again | {"passcode_version": 2}).json == {"browser_token": None}


def test_sessions_read_knows_nobody_by_an_unknown_token(ask: Ask) -> None:
    for kind, link in (("session", None), ("buyer", str(cast.OPEN.id)), ("api_key", None)):
        question = {"kind": kind, "token_hash": hash_of("x"), "link_id": link}
        assert ask("sessions/read", question).status_code == 404


def test_sessions_read_answers_and_fills_the_copy(house: Any, ask: Ask, person: Any) -> None:
    person.send("/signin", email=cast.OWNER.email, password=cast.PASSWORD)
    token_hash = hash_of(person.cookie("s"))
    key = copy_key("session", token_hash)
    assert house.deps.cache.get(key) is None
    answer = ask("sessions/read", {"kind": "session", "token_hash": token_hash}).json
    assert_same_shape(answer, sample("sessions_read"))
    assert answer["role"] == "primary_owner"
    assert sorted(answer["brand_ids"]) == sorted(str(b.id) for b in cast.BRANDS)
    assert json.loads(house.deps.cache.get(key)) == answer
    assert 0 < house.deps.cache.ttl(key) <= 60


@pytest.mark.parametrize(
    ("question", "body", "field"),
    [
        ("buyers/read", {"buyer_id": "x", "brand_id": str(cast.NORD.id)}, "buyer_id"),
        ("brands/read", {}, "brand_id"),
        ("sessions/read", {"kind": "other", "token_hash": "0" * 64}, "kind"),
    ],
)
def test_an_unfit_question_names_the_field(
    ask: Ask, question: str, body: dict[str, str], field: str
) -> None:
    reply = ask(question, body)
    assert reply.status_code == 422
    assert [error["field"] for error in reply.json["errors"]] == [field]


def test_only_peers_may_ask(house: Any) -> None:
    body = {"brand_id": str(cast.NORD.id)}
    assert house.client().post("/internal/v1/brands/read", json=body).status_code == 401


@pytest.mark.rule("R203")
def test_buyers_search_finds_the_brands_own_by_name_or_code(ask: Ask) -> None:
    brand = {"brand_id": str(cast.NORD.id)}
    answer = ask("buyers/search", brand | {"text": cast.AOYAMA.name, "limit": 5}).json
    assert_same_shape(answer, sample("buyers_search"))
    assert [each["buyer_id"] for each in answer["buyers"]] == [str(cast.AOYAMA.id)]
    assert len(ask("buyers/search", brand | {"limit": 2}).json["buyers"]) == 2
    own = {b.name for b in cast.BUYERS if b.brand is cast.NORD}
    every = ask("buyers/search", brand | {"limit": 50}).json["buyers"]
    assert {each["name"] for each in every} <= own
    assert ask("buyers/search", brand | {"limit": 51}).status_code == 422


def test_a_preview_signs_nobody_in(house: Any) -> None:
    token = f"p_{'A' * 22}"
    client = house.app.test_client()
    reply = client.get(f"/signin/{token}")
    assert reply.location.endswith(f"/l/{token}")


@pytest.mark.rule("R203")
def test_buyers_search_names_the_brands_own_buyers_by_id_and_no_others(ask: Ask) -> None:
    ids = [str(cast.AOYAMA.id), str(cast.GINZA_SOLEIL.id), str(new_id())]
    found = ask("buyers/search", {"brand_id": str(cast.NORD.id), "buyer_ids": ids}).json["buyers"]
    assert_same_shape(found, sample("buyers_search")["buyers"])
    assert [each["name"] for each in found] == [cast.AOYAMA.name]
