"""Catalogs as programs keep them, by the same rules as the pages."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from common.testing.peers import sample_answer

pytestmark = pytest.mark.integration
LINE = sample_answer("catalog", "prices/read")["catalogs"][0]["lines"][0]
BRAND = sample_answer("links", "links/resolve")["brand_id"]
BUYER = sample_answer("identity", "buyers/search")["buyers"][0]["buyer_id"]
API = "/api/catalog/v1/catalogs"
OLD = f"{API}/{LINE['catalog_id']}"
BODY: dict[str, Any] = {
    "names": {"en": "By a program"},
    "status": "limited",
    "payment_methods": ["outside"],
    "open_at": "2027-01-01T09:00:00+09:00",
}


@pytest.mark.rule("R79", "R80", "R77")
def test_a_catalog_is_made_changed_filled_and_deleted(staff: FlaskClient) -> None:
    made = staff.post(API, json=BODY | {"brand_id": BRAND, "code": "API"})
    assert made.status_code == 201, made.text
    path, tag = f"{API}/{made.json['id']}", {"If-Match": made.headers["ETag"]}
    assert made.json["open_at"] == "2027-01-01T09:00:00+09:00"
    for wrong in (
        {"names": {}},
        {"status": "half"},
        {"payment_methods": []},
        {"open_at": "2027-01-01T09:00:00"},
        {"code": "SS27"},
        {"inventory_order_policy": "make_to_order"},
    ):
        assert staff.put(path, json=BODY | wrong, headers=tag).status_code == 422, wrong
    assert staff.put(path, json=BODY).status_code == 428
    assert staff.put(path, json=BODY, headers=tag).json["code"] is None
    assert staff.put(path, json=BODY, headers=tag).status_code == 412
    filled = staff.put(f"{path}/products", json={"ids": [LINE["product_id"]]})
    assert filled.json == {"ids": [LINE["product_id"]]}
    assert staff.put(f"{path}/products", json={"ids": [str(UUID(int=9))]}).status_code == 404
    copy = staff.post(f"{path}/copies", json={}).json
    assert (copy["status"], copy["code"]) == ("closed", None)
    products = staff.get(f"{API}/{copy['id']}/products").json
    assert products == {"ids": [LINE["product_id"]]}
    assert staff.delete(path, json={"word": "yes"}).status_code == 422
    assert staff.delete(path, json={"word": "confirm"}).status_code == 204
    assert staff.get(path).status_code == 404


@pytest.mark.rule("R71", "R72")
def test_exactly_the_named_buyers_see_a_limited_catalog(
    staff: FlaskClient,
    ask: Callable[..., dict[str, Any]],
    change_catalog: Callable[..., None],
) -> None:
    assert staff.put(f"{OLD}/grants", json={"ids": [BUYER]}).status_code == 409, "It is Open."
    change_catalog(status="limited")
    for ids, seen in (([BUYER], True), ([], False)):
        assert staff.put(f"{OLD}/grants", json={"ids": ids}).status_code == 200
        assert ask("catalogs/read", buyer_id=BUYER)["catalogs"][0]["is_visible"] is seen
    stranger = {"ids": [str(UUID(int=8))]}
    assert staff.put(f"{OLD}/grants", json=stranger).status_code == 404


@pytest.mark.rule("R203")
def test_another_brands_catalog_is_not_there(stranger: FlaskClient) -> None:
    tag = {"If-Match": '"1"'}
    assert stranger.post(API, json=BODY | {"brand_id": BRAND}).status_code == 404
    assert stranger.get(OLD).status_code == stranger.get(f"{OLD}/products").status_code == 404
    assert stranger.put(OLD, json=BODY, headers=tag).status_code == 404
    assert stranger.delete(OLD, json={"word": "confirm"}).status_code == 404
    assert stranger.post(f"{OLD}/copies", json={}).status_code == 404
    for part in ("products", "grants"):
        assert stranger.put(f"{OLD}/{part}", json={"ids": []}).status_code == 404
