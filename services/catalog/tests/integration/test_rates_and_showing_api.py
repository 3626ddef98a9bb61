"""Rates of single buyers, and a catalog's look and limits, as programs keep them."""

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from common.testing.files import make_picture
from common.testing.peers import sample, sample_answer

pytestmark = pytest.mark.integration
LINE = sample_answer("catalog", "prices/read")["catalogs"][0]["lines"][0]
ASKED = sample("catalog", "prices/read")["request"]
BUYER = sample_answer("identity", "buyers/search")["buyers"][0]["buyer_id"]
BOOK = sample_answer("links", "links/resolve")["lookbook_ids"][0]
PATH = f"/api/catalog/v1/catalogs/{LINE['catalog_id']}"
RATE: dict[str, Any] = {"buyer_id": BUYER, "kind": "ratio", "value": "0.5"}
Ask = Callable[..., dict[str, Any]]


def unit_price(ask: Ask) -> int:
    line = ask("prices/read", buyer_id=BUYER)["catalogs"][0]["lines"][0]
    return int(line["unit_price"]["minor"])


@pytest.mark.rule("R59")
def test_the_narrowest_rate_wins_and_a_removed_one_gives_way(staff: FlaskClient, ask: Ask) -> None:
    usual = unit_price(ask)
    whole = staff.put(f"{PATH}/rates", json=RATE)
    assert (whole.status_code, unit_price(ask)) == (200, 3400)
    product = RATE | {"product_id": LINE["product_id"], "is_everywhere": True, "value": "0.4"}
    assert staff.put(f"{PATH}/rates", json=product).json["catalog_id"] is None
    assert unit_price(ask) == 2720
    here = product | {"is_everywhere": False, "kind": "percent_off", "value": "70"}
    staff.put(f"{PATH}/rates", json=here)
    again = staff.put(f"{PATH}/rates", json=here | {"value": "75.0000"})
    assert (again.json["value"], unit_price(ask)) == ("75", 1700)

    rates = staff.get(f"{PATH}/rates").json["rates"]
    assert {each["value"] for each in rates} == {"0.5", "0.4", "75"}
    assert whole.json in rates
    for expected in (2720, 3400, usual):
        narrowest = max(rates, key=lambda r: (bool(r["product_id"]), bool(r["catalog_id"])))
        rates.remove(narrowest)
        assert staff.delete(f"{PATH}/rates/{narrowest['id']}").status_code == 204
        assert unit_price(ask) == expected


@pytest.mark.rule("R59", "R203")
@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"value": "0"}, 422),
        ({"value": "0.12345"}, 422),
        ({"kind": "percent_off", "value": "100.1"}, 422),
        ({"kind": "fixed"}, 422),
        ({"product_id": str(UUID(int=9))}, 404),
        ({"buyer_id": str(UUID(int=9))}, 404),
    ],
)
def test_a_wrong_rate_is_refused(
    staff: FlaskClient, stranger: FlaskClient, changed: dict[str, Any], status: int
) -> None:
    assert staff.put(f"{PATH}/rates", json=RATE | changed).status_code == status
    assert stranger.put(f"{PATH}/rates", json=RATE).status_code == 404
    assert stranger.get(f"{PATH}/rates").status_code == 404
    assert staff.get(f"{PATH}/rates").json == {"rates": []}


@pytest.mark.rule("R155", "R203")
def test_look_and_limits_are_read_replaced_and_guarded(
    staff: FlaskClient, stranger: FlaskClient
) -> None:
    first = staff.get(f"{PATH}/showing")
    tag = {"If-Match": first.headers["ETag"]}
    body = {
        "lookbook_ids": [BOOK],
        "videos": ["https://youtu.be/abcdefghijk"],
        "has_comment_box": True,
        "minimum_amounts": {"JPY": 50000, "USD": 0},
    }
    for wrong in (
        {"videos": ["https://evil.example/embed/1"]},
        {"lookbook_ids": [str(UUID(int=9))]},
        {"minimum_amounts": {"XXX": 1}},
        {"minimum_amounts": {"JPY": -1}},
        {"minimum_amounts": {"JPY": "5"}},
        {"header_key": "mine"},
    ):
        assert staff.put(f"{PATH}/showing", json=body | wrong, headers=tag).status_code == 422, (
            wrong
        )
    assert staff.put(f"{PATH}/showing", json=body).status_code == 428
    kept = staff.put(f"{PATH}/showing", json=body, headers=tag)
    assert kept.json == body | {
        "videos": ["https://www.youtube-nocookie.com/embed/abcdefghijk"],
        "minimum_amounts": {"JPY": 50000},
        "header_key": None,
    }
    assert staff.put(f"{PATH}/showing", json=body, headers=tag).status_code == 412
    assert stranger.get(f"{PATH}/showing").status_code == 404
    assert stranger.put(f"{PATH}/showing", json=body, headers=tag).status_code == 404


@pytest.mark.rule("R203")
def test_a_header_picture_comes_and_goes(staff: FlaskClient, stranger: FlaskClient) -> None:
    def file(data: bytes) -> dict[str, Any]:
        return {"file": (io.BytesIO(data), "a.png")}

    assert stranger.delete(f"{PATH}/header").status_code == 404
    assert staff.put(f"{PATH}/header", data=file(b"no picture")).status_code == 422
    key = staff.put(f"{PATH}/header", data=file(make_picture())).json["header_key"]
    assert key == staff.get(f"{PATH}/showing").json["header_key"] is not None
    assert staff.delete(f"{PATH}/header").json["header_key"] is None


def test_a_price_is_answered_with_whether_a_comment_is_asked(
    ask: Ask, change_catalog: Callable[..., None]
) -> None:
    for asked in (False, True):
        change_catalog(has_comment_box=asked)
        assert ask("prices/read")["catalogs"][0]["has_comment_box"] is asked
