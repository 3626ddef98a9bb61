"""Editing a link: what was not touched stays, what cannot be kept is named."""

import html
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from common.ids import new_id
from common.testing import PeerServer
from common.testing.peers import sample

from .conftest import BRAND, CATALOG

API = "/api/links/v1/links"
TWICE = "2026-11-01T01:30"
"""New York's clock shows it twice; 05:30 UTC is the first time."""


def make(staff: FlaskClient, **changed: Any) -> dict[str, Any]:
    body = {"brand_id": str(BRAND), "name": "Spring", "catalog_ids": [str(CATALOG)]}
    reply = staff.post(API, json=body | {"payment_methods": ["outside"]} | changed)
    assert reply.status_code == 201, reply.json
    return dict(reply.json or {})


def sent(**changed: Any) -> dict[str, Any]:
    form = {"name": "Spring", "catalog_ids": str(CATALOG), "payment_methods": "outside"}
    return form | {"version": "1", "release_at_zone": "America/New_York"} | changed


def read(staff: FlaskClient, link: dict[str, Any]) -> dict[str, Any]:
    return dict(staff.get(f"{API}/{link['id']}").json or {})


@pytest.mark.rule("R23")
@pytest.mark.parametrize("instant", ["2026-11-01T05:30:00+00:00", "2026-11-01T06:30:27+00:00"])
def test_a_limit_that_nobody_touched_keeps_its_instant(staff: FlaskClient, instant: str) -> None:
    link = make(staff, release_at=instant)
    form = sent(name="Renamed", has_release="yes", release_at=TWICE)
    assert staff.post(f"/links/{link['id']}/edit", data=form).status_code == 302
    kept = read(staff, link)
    assert (kept["name"], kept["release_at"]) == ("Renamed", instant)


@pytest.mark.rule("R22")
def test_a_time_that_the_clock_shows_twice_is_refused_at_its_field(staff: FlaskClient) -> None:
    link = make(staff)
    form = sent(has_release="yes", release_at=TWICE)
    reply = staff.post(f"/links/{link['id']}/edit", data=form)
    page = html.unescape(reply.get_data(as_text=True))
    assert reply.status_code == 422
    [error] = re.findall(r'id="release_at-error">(.*?)</p>', page)
    assert "UTC-0400" in error
    assert "UTC-0500" in error
    assert read(staff, link)["release_at"] is None


@pytest.mark.rule("R13", "R21")
def test_every_field_can_be_edited(staff: FlaskClient) -> None:
    link = make(staff, release_at="2026-11-01T00:00:00+00:00")
    form = sent(
        name="Autumn",
        description="Other words",
        view_only="yes",
        transition="yes",
        has_expiration="yes",
        expires_at="2027-01-01T09:00",
        expires_at_zone="Asia/Tokyo",
        payment_methods="",
        contact_first_name="Mika",
        contact_last_name="Lund",
        contact_email="mika@nord.example",
        contact_phone="03-0000-0000",
        contact_note="Weekdays",
    )
    form.pop("payment_methods")
    assert staff.post(f"/links/{link['id']}/edit", data=form).status_code == 302
    edited = read(staff, link)
    changed = {name: value for name, value in edited.items() if value != link[name]}
    assert changed.pop("changed_at") > link["changed_at"]
    assert changed == {
        "name": "Autumn",
        "description": "Other words",
        "view_only": True,
        "transition": True,
        "address_shown": False,
        "release_at": None,
        "expires_at": "2027-01-01T00:00:00+00:00",
        "payment_methods": [],
        "contacts": edited["contacts"],
        "version": 2,
    }
    assert edited["contacts"][0]["email"] == "mika@nord.example"


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "a\0b"},
        {"name": "\ud800"},
        {"contacts": [{"note": "\0"}]},
        {"release_at": "0001-01-01T00:00:00+14:00"},
        {"expires_at": "9999-12-31T23:59:00-12:00"},
    ],
)
def test_what_no_database_holds_is_refused(staff: FlaskClient, changed: dict[str, Any]) -> None:
    body = {"brand_id": str(BRAND), "name": "x", "catalog_ids": [str(CATALOG)]}
    reply = staff.post(API, json=body | {"payment_methods": ["outside"]} | changed)
    assert reply.status_code in (400, 422)
    assert staff.get(API).json == {"links": [], "next": None, "previous": None}


@pytest.mark.parametrize("path", ["/links?q=Spr%00ing", f"{API}?search=Spr%00ing"])
def test_a_search_looks_for_what_is_left_without_nul(staff: FlaskClient, path: str) -> None:
    link = make(staff)
    reply = staff.get(path)
    assert reply.status_code == 200
    assert link["id"] in reply.get_data(as_text=True)


@pytest.mark.rule("R3")
def test_naming_a_catalog_twice_attaches_it_once(staff: FlaskClient) -> None:
    assert make(staff, catalog_ids=[str(CATALOG)] * 2)["catalog_ids"] == [str(CATALOG)]


@pytest.mark.rule("R112")
@pytest.mark.parametrize(("is_connected", "shown"), [(True, ""), (True, "yes"), (False, "")])
def test_a_hidden_address_with_next_engine_is_saved_with_a_warning(
    staff: FlaskClient, peers: PeerServer, is_connected: bool, shown: str
) -> None:
    ordering = sample("checkout", "ordering/read")["response"]
    peers.answers["checkout", "ordering/read"] = ordering | {"next_engine_connected": is_connected}
    form = sent(**({"address_shown": shown} if shown else {}))
    reply = staff.post("/links/new", data=form)
    assert reply.status_code == 302
    is_warned = "NEXT ENGINE needs it" in staff.get("/links").get_data(as_text=True)
    assert is_warned is (is_connected and not shown)


@pytest.mark.rule("R148")
def test_several_lookbooks_can_be_selected(staff: FlaskClient, peers: PeerServer) -> None:
    answer = sample("catalog", "lookbooks/read")["response"]
    first = answer["lookbooks"][0]
    second = first | {"lookbook_id": str(new_id()), "name": "Second"}
    peers.answers["catalog", "lookbooks/read"] = answer | {"lookbooks": [first, second]}
    both = [first["lookbook_id"], second["lookbook_id"]]
    assert make(staff, lookbook_ids=both)["lookbook_ids"] == both


@pytest.mark.rule("R13")
def test_the_second_of_two_editors_is_told_what_changed(staff: FlaskClient) -> None:
    link = make(staff, description="first words")
    first = sent(name="Their name", description="first words", version="1")
    assert staff.post(f"/links/{link['id']}/edit", data=first).status_code == 302
    second = sent(name="My name", description="first words", version="1")
    late = staff.post(f"/links/{link['id']}/edit", data=second)
    assert late.status_code == 412
    told = late.text.partition("Saved now")[2].partition("</table>")[0]
    assert "Their name" in told
    assert "My name" in told
    assert "first words" not in told
    assert 'value="My name"' in late.text
    assert read(staff, link)["name"] == "Their name"
    assert 'name="version" value="2"' in late.text
    again = staff.post(f"/links/{link['id']}/edit", data=second | {"version": "2"})
    assert again.status_code == 302
    assert read(staff, link)["name"] == "My name"
