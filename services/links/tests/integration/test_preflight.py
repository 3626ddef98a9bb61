"""What will go wrong with a link: found on save, kept, renewed, told with its cure."""

import html
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from common.delivery import JobRun
from common.errors import Unavailable
from common.ids import new_id
from common.testing import PeerServer
from common.testing.peers import sample_answer
from links.deps import Deps
from links.jobs.preflight import renew_preflights
from links.store.models import LinkPreflight

from .conftest import BRAND, CATALOG, MAKER, signed_in
from .test_links import FORM

API = "/api/links/v1/links"
RUN = JobRun("links.preflight", 1)


def make(staff: FlaskClient, **changed: Any) -> dict[str, Any]:
    body = {"brand_id": str(BRAND), "name": "Spring", "catalog_ids": [str(CATALOG)]}
    reply = staff.post(API, json=body | {"payment_methods": ["outside"]} | changed)
    assert reply.status_code == 201, reply.json
    return dict(reply.json or {})


def read(staff: FlaskClient, link: dict[str, Any]) -> dict[str, Any]:
    reply = staff.get(f"{API}/{link['id']}/pre-flight")
    assert reply.status_code == 200
    return dict(reply.json or {})


def rules(staff: FlaskClient, link: dict[str, Any]) -> list[str]:
    return [finding["rule"] for finding in read(staff, link)["findings"]]


@pytest.fixture(autouse=True)
def in_order(peers: PeerServer) -> None:
    """By itself nothing is wrong: every price is there."""
    peers.answers["catalog", "prices/missing"] = {"missing": []}


def close_catalog(peers: PeerServer) -> None:
    closed = sample_answer("catalog", "catalogs/read")
    closed["catalogs"][0]["status"] = "closed"
    peers.answers["catalog", "catalogs/read"] = closed


def age(deps: Deps, minutes: int) -> None:
    with deps.database.transaction(MAKER) as session:
        session.execute(
            update(LinkPreflight).values(checked_at=deps.now() - timedelta(minutes=minutes))
        )


def break_catalog(peers: PeerServer) -> None:
    def fail(_asked: dict[str, Any]) -> dict[str, Any]:
        raise Unavailable("gone")

    peers.answers["catalog", "catalogs/read"] = fail


def test_saving_finds_nothing_where_nothing_is_wrong(staff: FlaskClient) -> None:
    found = read(staff, make(staff))
    assert found["findings"] == []
    assert found["checked_at"]
    assert found["is_current"] is True


@pytest.mark.rule("R68", "R112", "R149", "R58")
def test_saving_stores_what_will_go_wrong_with_its_cure(
    staff: FlaskClient, peers: PeerServer
) -> None:
    close_catalog(peers)
    peers.answers.pop(("catalog", "prices/missing"))
    books = sample_answer("catalog", "lookbooks/read")
    books["lookbooks"][0]["status"] = "draft"
    peers.answers["catalog", "lookbooks/read"] = books
    link = make(staff, address_shown=False, lookbook_ids=[books["lookbooks"][0]["lookbook_id"]])
    found = read(staff, link)["findings"]
    cures = {finding["code"]: finding["url"] for finding in found}
    assert {finding["severity"] for finding in found} == {"warns"}
    edit = f"/links/{link['id']}/edit"
    assert cures == {
        "nothing_to_see": f"{edit}#catalog_ids",
        "catalog_closed": "/catalogs",
        "price_is_missing": cures["price_is_missing"],
        "next_engine_needs_the_address": f"{edit}#address_shown",
        "lookbook_is_draft": "/lookbooks",
    }
    assert cures["price_is_missing"].startswith("/products/")
    [price] = [finding for finding in found if finding["code"] == "price_is_missing"]
    assert "TEE-001" in price["what"]
    assert "12 buyers" in price["why"]


def test_buyers_enter_only_as_terms_in_use(staff: FlaskClient, peers: PeerServer) -> None:
    make(staff)
    questions = {question for service, question, _ in peers.asked if service == "identity"}
    assert questions == {"brands/terms-in-use", "brands/read"}


@pytest.mark.rule("R68")
def test_the_form_and_the_list_show_what_is_stored(staff: FlaskClient, peers: PeerServer) -> None:
    close_catalog(peers)
    assert staff.post("/links/new", data=FORM).status_code == 302
    listed = staff.get("/links").get_data(as_text=True)
    assert "preflight-mark" in listed
    link = (staff.get(API).json or {})["links"][0]
    page = staff.get(f"/links/{link['id']}/edit").get_data(as_text=True)
    assert 'data-finding="catalog_closed"' in page
    assert 'href="#catalog_ids"' in page
    spoken = staff.get(f"/links/{link['id']}/edit?language=ja").get_data(as_text=True)
    assert "公開前チェック" in spoken
    assert "Nothing stands" not in spoken


@pytest.mark.rule("R73")
def test_moments_are_told_in_the_readers_zone(staff: FlaskClient, peers: PeerServer) -> None:
    later = sample_answer("catalog", "catalogs/read")
    later["catalogs"][0]["open_at"] = "2199-01-31T15:00:00+00:00"
    peers.answers["catalog", "catalogs/read"] = later
    link = make(staff)
    staff.set_cookie("zone", "Asia/Tokyo")
    page = staff.get(f"/links/{link['id']}/edit").get_data(as_text=True)
    assert 'data-finding="catalog_not_yet_open"' in page
    assert "Feb 1, 2199, 12:00:00\u202fAM (Asia/Tokyo)" in page


def test_opening_the_page_looks_again_by_a_post(staff: FlaskClient, peers: PeerServer) -> None:
    link = make(staff)
    close_catalog(peers)
    path = f"/links/{link['id']}"
    assert 'hx-trigger="load"' in staff.get(f"{path}/edit").get_data(as_text=True)
    assert rules(staff, link) == []
    flush_answers(staff)
    panel = staff.post(f"{path}/pre-flight", headers={"HX-Request": "true"})
    assert 'data-finding="catalog_closed"' in panel.get_data(as_text=True)
    assert "<html" not in panel.get_data(as_text=True)
    assert "R68" in rules(staff, link)
    assert staff.post(f"{path}/pre-flight").status_code == 303


def test_a_peer_that_is_away_leaves_what_was_found(staff: FlaskClient, peers: PeerServer) -> None:
    close_catalog(peers)
    link = make(staff)
    break_catalog(peers)
    flush_answers(staff)
    panel = staff.post(f"/links/{link['id']}/pre-flight", headers={"HX-Request": "true"})
    page = html.unescape(panel.get_data(as_text=True))
    assert 'data-finding="catalog_closed"' in page
    assert "This is what was found before." in page
    assert staff.post(f"{API}/{link['id']}/pre-flight").status_code == 503
    assert "R68" in rules(staff, link)


def test_the_hourly_job_renews_what_is_old_and_nothing_else(
    staff: FlaskClient, peers: PeerServer, deps: Deps
) -> None:
    link = make(staff)
    close_catalog(peers)
    flush_answers(staff)
    renew_preflights(deps, RUN)
    assert rules(staff, link) == []
    age(deps, 61)
    renew_preflights(deps, RUN)
    assert "R68" in rules(staff, link)


def test_the_job_leaves_what_it_cannot_renew(
    staff: FlaskClient, peers: PeerServer, deps: Deps
) -> None:
    link = make(staff)
    age(deps, 90)
    before = read(staff, link)
    break_catalog(peers)
    flush_answers(staff)
    renew_preflights(deps, RUN)
    assert read(staff, link) == before


def test_the_job_asks_once_for_many_links(
    staff: FlaskClient, peers: PeerServer, deps: Deps
) -> None:
    for _ in range(4):
        make(staff)
    age(deps, 61)
    flush_answers(staff)
    peers.asked.clear()
    renew_preflights(deps, RUN)
    assert len(peers.asked) == 6


@pytest.mark.rule("R203")
def test_another_brand_reads_nothing(app: Flask, cache_url: str, staff: FlaskClient) -> None:
    link = make(staff)
    for stranger in (
        signed_in(app, cache_url, brand_ids=[new_id()]),
        signed_in(app, cache_url, maker_id=new_id()),
    ):
        assert stranger.get(f"{API}/{link['id']}/pre-flight").status_code == 404
        assert stranger.post(f"{API}/{link['id']}/pre-flight").status_code == 404
        assert stranger.post(f"/links/{link['id']}/pre-flight").status_code == 404


def flush_answers(staff: FlaskClient) -> None:
    """Forget peers' answers that may be two seconds old, as time would."""
    cache = staff.application.extensions["deps"].cache
    for key in cache.scan_iter("answer:*"):
        cache.delete(key)


def test_what_was_found_of_a_link_goes_with_it(staff: FlaskClient, deps: Deps) -> None:
    link = make(staff)
    form = {"status": "deleted", "name": link["name"]}
    assert staff.post(f"/links/{link['id']}/status", data=form).status_code == 302
    with deps.database.transaction(MAKER) as session:
        assert session.get(LinkPreflight, link["id"]) is None
