"""The JSON API: versions, dates, replaced and changed fields, and its own documentation."""

from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from .conftest import BRAND, CATALOG
from .test_links import make

API = "/api/links/v1/links"


FEW = settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def tag(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}"'}


@pytest.mark.rule("R13")
def test_a_field_is_changed_and_the_others_stay(staff: FlaskClient) -> None:
    link = make(staff, description="for reps", passcode="spring-27")
    reply = staff.patch(f"{API}/{link['id']}", json={"name": "Other"}, headers=tag(1))
    assert reply.status_code == 200, reply.json
    assert reply.headers["ETag"] == '"2"'
    changed = reply.json or {}
    assert (changed["name"], changed["description"]) == ("Other", "for reps")
    assert changed["has_passcode"]
    off = staff.patch(f"{API}/{link['id']}", json={"passcode": None}, headers=tag(2)).json or {}
    assert not off["has_passcode"]


@pytest.mark.rule("R13")
def test_replacing_gives_defaults_to_what_is_left_out(staff: FlaskClient) -> None:
    link = make(staff, description="for reps", transition=True)
    body = {"name": "New", "catalog_ids": [str(CATALOG)], "payment_methods": ["outside"]}
    new = staff.put(f"{API}/{link['id']}", json=body, headers=tag(1)).json or {}
    assert (new["name"], new["description"], new["transition"]) == ("New", "", False)
    assert new["token"] == link["token"]


@pytest.mark.rule("R145", "R146", "R155")
def test_videos_and_background_stay_when_another_field_changes(staff: FlaskClient) -> None:
    film = "https://www.youtube.com/watch?v=abcdefghijk"
    link = make(staff, videos=[{"url": film}], background={"kind": "video", "url": film})
    player = "https://www.youtube-nocookie.com/embed/abcdefghijk"
    assert link["videos"] == [{"url": player, "upload_id": None}]
    changed = staff.patch(f"{API}/{link['id']}", json={"name": "Other"}, headers=tag(1)).json or {}
    assert changed["videos"] == link["videos"]
    assert changed["background"]["url"] == player
    wrong = staff.patch(
        f"{API}/{link['id']}", json={"background": {"kind": "image"}}, headers=tag(2)
    )
    assert (wrong.json or {})["errors"][0]["code"] == "R146"


def test_a_version_must_be_named_and_be_the_newest(staff: FlaskClient) -> None:
    link = make(staff)
    path = f"{API}/{link['id']}"
    assert staff.get(path).headers["ETag"] == '"1"'
    body = {"name": "Other"}
    assert staff.patch(path, json=body).status_code == 428
    assert staff.patch(path, json=body, headers=tag(7)).status_code == 412
    assert staff.patch(path, json=body, headers={"If-Match": "*"}).status_code == 412
    assert staff.post(f"{path}/status", json={"status": "void"}).status_code == 428
    assert (staff.get(path).json or {})["name"] != "Other"


@pytest.mark.rule("R10", "R11")
def test_the_status_goes_to_void_back_to_open_and_to_deleted(staff: FlaskClient) -> None:
    link = make(staff)
    path = f"{API}/{link['id']}"
    for version, status in ((1, "void"), (2, "open")):
        reply = staff.post(f"{path}/status", json={"status": status}, headers=tag(version))
        assert (reply.json or {})["status"] == status
    assert (
        staff.post(f"{path}/status", json={"status": "deleted"}, headers=tag(3)).status_code == 200
    )
    assert staff.get(path).status_code == 404


@pytest.mark.rule("R2")
@pytest.mark.parametrize("field", ["price", "currency", "language", "discount_rate"])
def test_a_link_has_no_terms_of_its_own(staff: FlaskClient, field: str) -> None:
    link = make(staff)
    reply = staff.patch(f"{API}/{link['id']}", json={field: "JPY"}, headers=tag(1))
    assert reply.status_code == 422
    assert (reply.json or {})["errors"][0]["field"] == field


@pytest.mark.rule("R22", "R23")
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2027-01-01T09:00:00+09:00", "2027-01-01T00:00:00+00:00"),
        ({"local": "2027-01-01T09:00", "zone": "Asia/Tokyo"}, "2027-01-01T00:00:00+00:00"),
        ({"local": "2027-01-01T09:00", "zone": "Pacific/Kiritimati"}, "2026-12-31T19:00:00+00:00"),
        ({"local": "2027-01-01T09:00", "zone": "Pacific/Pago_Pago"}, "2027-01-01T20:00:00+00:00"),
    ],
)
def test_dates_carry_an_offset_or_a_zone(staff: FlaskClient, given: Any, expected: str) -> None:
    assert make(staff, release_at=given)["release_at"] == expected


@pytest.mark.rule("R22")
@pytest.mark.parametrize(
    "given",
    [
        "2027-01-01T09:00:00",
        {"local": "2027-01-01T09:00"},
        {"local": "2027-03-14T02:30", "zone": "America/New_York"},
        {"local": "2027-11-07T01:30", "zone": "America/New_York"},
        {"local": "2027-01-01T09:00", "zone": "Mars/Olympus"},
    ],
)
def test_naive_and_doubtful_dates_are_refused(staff: FlaskClient, given: Any) -> None:
    body = {"brand_id": str(BRAND), "name": "x", "catalog_ids": [str(CATALOG)]}
    reply = staff.post(API, json=body | {"payment_methods": ["outside"], "release_at": given})
    assert reply.status_code == 422
    assert (reply.json or {})["errors"][0]["field"].startswith("release_at")


def test_no_answer_is_undocumented(app: Flask, staff: FlaskClient) -> None:
    """Schemathesis sends what the document allows and what it does not."""
    make(staff)
    cookie = staff.get_cookie("s")
    assert cookie is not None
    document = schemathesis.openapi.from_wsgi("/api/links/openapi.json", app)
    asked = [each.ok() for each in document.get_all_operations()]
    own = [each for each in asked if "/links/v1/" in each.path]
    assert len(own) >= 7
    for operation in own:
        FEW(given(case=operation.as_strategy(), cookie=st.just(cookie.value))(ask))()


def ask(case: Any, cookie: str) -> None:
    """Send one request; its answer must be one that the document names.

    `default` is the problem document, which every refusal is; a success has no default.
    """
    reply = case.call(cookies={"s": cookie})
    documented = set(case.operation.definition.raw["responses"])
    if reply.status_code < 400:
        assert str(reply.status_code) in documented
        return
    assert "default" in documented
    assert reply.status_code < 500
    assert reply.headers["content-type"] == ["application/problem+json"]
    assert {"status", "code", "detail", "request_id"} <= reply.json().keys()
