"""Integrators' keys: of one brand, for what they were made for, and without a cookie."""

from typing import Any

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient

from common.ids import new_id
from common.testing import make_claims, sign_in

from .conftest import BRAND, CATALOG, MAKER
from .test_links import make

API = "/api/links/v1/links"


def key_of(cache_url: str, *scopes: str, **changed: Any) -> dict[str, str]:
    """Return the header of a key, as identity's answer lets every service know it."""
    own = {"kind": "api_key", "maker_id": MAKER, "brand_ids": [BRAND], "role": "member_write"}
    with redis.Redis.from_url(cache_url) as cache:
        key = sign_in(cache, make_claims(**own | {"scopes": scopes} | changed), kind="api_key")
    return {"Authorization": f"Bearer {key}"}


def body() -> dict[str, Any]:
    own = {"brand_id": str(BRAND), "name": "By key", "catalog_ids": [str(CATALOG)]}
    return own | {"payment_methods": ["outside"]}


@pytest.mark.rule("R16")
def test_a_key_makes_reads_and_changes_links_of_its_brand(app: Flask, cache_url: str) -> None:
    key, program = key_of(cache_url, "links:write"), app.test_client()
    made = program.post(API, json=body(), headers=key)
    assert made.status_code == 201, made.json
    path = f"{API}/{(made.json or {})['id']}"
    assert program.get(path, headers=key).status_code == 200
    changed = {"name": "Other"}
    reply = program.patch(path, json=changed, headers=key | {"If-Match": made.headers["ETag"]})
    assert (reply.json or {})["name"] == "Other"
    assert program.get(f"{path}/statistics", headers=key).status_code == 200


@pytest.mark.rule("R16")
@pytest.mark.parametrize("scopes", [("links:read",), ("catalog:write",), ()])
def test_a_key_does_nothing_it_was_not_made_for(
    app: Flask, cache_url: str, staff: FlaskClient, scopes: tuple[str, ...]
) -> None:
    link, key, program = make(staff), key_of(cache_url, *scopes), app.test_client()
    may_read = "links:read" in scopes
    assert (program.get(API, headers=key).status_code == 200) is may_read
    assert program.post(API, json=body(), headers=key).status_code == 403
    path = f"{API}/{link['id']}"
    tagged = key | {"If-Match": '"1"'}
    assert program.patch(path, json={"name": "x"}, headers=tagged).status_code == 403
    assert program.put(path, json=body(), headers=tagged).status_code in (403, 422)
    void = program.post(f"{path}/status", json={"status": "void"}, headers=tagged)
    assert void.status_code == 403
    assert program.post(f"{path}/duplicate", json={"name": "x"}, headers=key).status_code == 403
    assert (staff.get(path).json or {})["version"] == 1


@pytest.mark.rule("R16", "R203")
def test_a_key_of_another_brand_finds_nothing(
    app: Flask, cache_url: str, staff: FlaskClient
) -> None:
    link, program = make(staff), app.test_client()
    for other in ({"brand_ids": [new_id()]}, {"maker_id": new_id()}):
        key = key_of(cache_url, "links:write", **other)
        path = f"{API}/{link['id']}"
        assert program.get(path, headers=key).status_code == 404
        assert program.get(f"{path}/statistics", headers=key).status_code == 404
        tagged = key | {"If-Match": '"1"'}
        assert program.patch(path, json={"name": "x"}, headers=tagged).status_code == 404
        assert (program.get(API, headers=key).json or {})["links"] == []


@pytest.mark.rule("R16")
def test_a_key_opens_no_staff_page(app: Flask, cache_url: str) -> None:
    key, program = key_of(cache_url, "links:write"), app.test_client()
    assert program.get("/links", headers=key).location.startswith("/signin")
