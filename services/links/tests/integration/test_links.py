"""Making, finding, opening and ending links, through the service's own interface."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from common.clock import utc_now
from common.delivery.inbox import handle_event, write_receipts
from common.delivery.tables import OutboxEvent
from common.ids import new_id
from common.service_tokens import TokenMaker
from common.testing import make_keys
from common.testing.peers import sample
from links.deps import Deps
from links.jobs import counts

from .conftest import BRAND, CATALOG, signed_in

HANDLERS = counts
FORM = {
    "name": "Secret showroom plan",
    "description": "Only for the reps",
    "catalog_ids": str(CATALOG),
    "payment_methods": "outside",
    "transition": "yes",
    "address_shown": "yes",
}


def make(staff: FlaskClient, **changed: Any) -> dict[str, Any]:
    body = {
        "brand_id": str(BRAND),
        "name": "Secret showroom plan",
        "description": "Only for the reps",
        "catalog_ids": [str(CATALOG)],
        "payment_methods": ["outside"],
    }
    reply = staff.post("/api/links/v1/links", json=body | changed)
    assert reply.status_code == 201, reply.json
    return dict(reply.json or {})


def resolve(client: FlaskClient, token: str) -> Any:
    maker = TokenMaker(service="catalog", private_key=make_keys()[0]["catalog"])
    headers = {"Authorization": f"Bearer {maker.token_for('links')}"}
    return client.post("/internal/v1/links/resolve", json={"token": token}, headers=headers)


@pytest.mark.rule("R1", "R6", "R7", "R14")
def test_a_link_made_by_form_is_listed_with_the_address_that_buyers_open(
    staff: FlaskClient, client: FlaskClient
) -> None:
    assert staff.post("/links/new", data=FORM).status_code == 302
    page = staff.get("/links").get_data(as_text=True)
    assert "Secret showroom plan" in page
    address = page.split('data-copy="')[1].split('"')[0]
    token = address.removeprefix("http://127.0.0.1:8080/l/")
    reply = client.get(f"/l/{token}")
    assert (reply.status_code, reply.location) == (303, f"/signin/{token}")


@pytest.mark.rule("R1")
def test_a_form_with_errors_keeps_what_was_typed_and_makes_nothing(staff: FlaskClient) -> None:
    reply = staff.post("/links/new", data={"name": "Kept words", "description": "And these"})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert "Kept words" in page
    assert "And these" in page
    assert "Select at least one catalog." in page
    assert "Select at least one payment method." in page
    assert "Kept words" not in staff.get("/links").get_data(as_text=True)


@pytest.mark.rule("R2")
@pytest.mark.parametrize("name", ["currency", "language", "discount_rate", "price"])
def test_a_link_has_no_terms_of_its_own(staff: FlaskClient, name: str) -> None:
    body = {"brand_id": str(BRAND), "name": "x", "catalog_ids": [str(CATALOG)], name: "JPY"}
    reply = staff.post("/api/links/v1/links", json=body)
    assert reply.status_code == 422
    assert name in str(reply.json)


@pytest.mark.rule("R4", "R5")
def test_name_and_description_reach_no_buyer(staff: FlaskClient, client: FlaskClient) -> None:
    later = (utc_now() + timedelta(days=1)).isoformat()
    for made in (make(staff), make(staff, release_at=later)):
        gate = client.get(f"/l/{made['token']}", follow_redirects=False).get_data(as_text=True)
        answer = json.dumps(resolve(client, made["token"]).json)
        for text in (gate, answer):
            assert "Secret showroom plan" not in text
            assert "Only for the reps" not in text


@pytest.mark.rule("R15")
def test_addresses_are_long_random_and_different(staff: FlaskClient) -> None:
    tokens = {make(staff)["token"] for _ in range(5)}
    assert len(tokens) == 5
    assert {len(token) for token in tokens} == {22}


def test_the_answer_to_peers_is_as_the_contract_says(
    staff: FlaskClient, client: FlaskClient
) -> None:
    answer = resolve(client, make(staff)["token"])
    assert answer.status_code == 200
    assert set(answer.json) == set(sample("links", "links/resolve")["response"])


@pytest.mark.rule("R18", "R20", "R26", "R33")
def test_the_gate_says_why_it_is_closed(staff: FlaskClient, client: FlaskClient) -> None:
    now = utc_now()
    early = make(staff, release_at=(now + timedelta(hours=1)).isoformat())
    late = make(staff, expires_at=(now - timedelta(hours=1)).isoformat())
    assert client.get(f"/l/{early['token']}").status_code == 403
    reply = client.get(f"/l/{late['token']}")
    assert reply.status_code == 410
    assert "This link has expired." in reply.get_data(as_text=True)
    assert resolve(client, late["token"]).json["state"] == "expired"


@pytest.mark.rule("R10")
def test_a_void_link_opens_again_at_the_same_address(
    staff: FlaskClient, client: FlaskClient
) -> None:
    made = make(staff)
    staff.post(f"/links/{made['id']}/status", data={"status": "void"})
    assert client.get(f"/l/{made['token']}").status_code == 403
    staff.post(f"/links/{made['id']}/status", data={"status": "open"})
    assert client.get(f"/l/{made['token']}").status_code == 303


@pytest.mark.rule("R11")
def test_a_deleted_link_is_gone_for_ever(staff: FlaskClient, client: FlaskClient) -> None:
    made = make(staff)
    path = f"/links/{made['id']}/status"
    assert staff.post(path, data={"status": "deleted"}).status_code == 422
    staff.post(path, data={"status": "deleted", "name": made["name"]})
    assert client.get(f"/l/{made['token']}").status_code == 404
    assert resolve(client, made["token"]).status_code == 404
    assert staff.post(path, data={"status": "open"}).status_code == 404


@pytest.mark.parametrize("token", ["A" * 22, "short", "../links", "A" * 23])
def test_an_unknown_address_is_404(client: FlaskClient, token: str) -> None:
    assert client.get(f"/l/{token}").status_code == 404


@pytest.mark.rule("R13")
def test_the_second_of_two_editors_is_told(staff: FlaskClient) -> None:
    made = make(staff)
    path = f"/links/{made['id']}/edit"
    assert staff.post(path, data=FORM | {"name": "First", "version": "1"}).status_code == 302
    second = staff.post(path, data=FORM | {"name": "Second", "version": "1"})
    page = second.get_data(as_text=True)
    assert second.status_code == 412
    assert "Somebody else has saved this link" in page
    assert 'value="Second"' in page
    first = staff.get(f"/api/links/v1/links/{made['id']}").json or {}
    assert first["name"] == "First"


@pytest.mark.rule("R16", "R203")
def test_another_brands_link_is_not_there(app: Flask, cache_url: str, staff: FlaskClient) -> None:
    made = make(staff)
    for stranger in (
        signed_in(app, cache_url, brand_ids=[new_id()]),
        signed_in(app, cache_url, maker_id=new_id()),
    ):
        assert stranger.get(f"/links/{made['id']}/edit").status_code == 404
        assert stranger.get(f"/api/links/v1/links/{made['id']}").status_code == 404
        assert "Secret showroom plan" not in stranger.get("/links").get_data(as_text=True)


@pytest.mark.rule("R16")
def test_a_reader_may_look_but_not_change(app: Flask, cache_url: str, staff: FlaskClient) -> None:
    made = make(staff)
    reader = signed_in(app, cache_url, role="member_read")
    assert reader.get("/links").status_code == 200
    assert reader.post("/links/new", data=FORM).status_code == 403
    assert reader.post(f"/links/{made['id']}/status", data={"status": "void"}).status_code == 403


@pytest.mark.rule("R66", "R67")
def test_a_closed_catalog_shows_its_status_and_can_be_selected(
    staff: FlaskClient, peers: Any
) -> None:
    closed = sample("catalog", "catalogs/read")["response"]
    closed["catalogs"][0]["status"] = "closed"
    peers.answers[("catalog", "catalogs/read")] = closed
    assert "Closed" in staff.get("/links/new").get_data(as_text=True)
    assert staff.post("/links/new", data=FORM).status_code == 302


@pytest.mark.rule("R8")
def test_making_a_link_announces_it_to_nobody_who_mails(staff: FlaskClient, deps: Deps) -> None:
    make(staff)
    with deps.database.transaction() as session:
        events = session.scalars(select(OutboxEvent)).all()
    assert [event.name for event in events] == ["links.link_changed.v1"]
    published = events[0].envelope["payload"]
    wanted = json.loads(Path("docs/events/links.link_changed.v1.json").read_text())["payload"]
    assert set(published) == set(wanted)


@pytest.mark.parametrize("name", ["identity.buyer_signed_in.v1", "checkout.order_completed.v1"])
def test_use_is_counted_once_per_event(staff: FlaskClient, deps: Deps, name: str) -> None:
    made = make(staff)
    wire = json.loads(Path(f"docs/events/{name}.json").read_text())
    wire["payload"]["link_id"] = made["id"]
    for event in (wire, wire, wire | {"id": str(new_id())}):
        for event_id in write_receipts(deps.database, [event]):
            handle_event(deps.database, event_id, at_once=True)
    page = staff.get("/links").get_data(as_text=True)
    assert (">2<" in page.replace(" ", "").replace("\n", "")) == ("order" in name)


def test_unreadable_is_400_and_invalid_names_the_field(staff: FlaskClient) -> None:
    path = "/api/links/v1/links"
    assert staff.post(path, data="{", content_type="application/json").status_code == 400
    reply = staff.post(path, json={"brand_id": str(BRAND), "catalog_ids": [str(CATALOG)]})
    assert reply.status_code == 422
    assert [error["field"] for error in (reply.json or {})["errors"]] == ["name"]


def test_nobody_else_comes_in(client: FlaskClient) -> None:
    assert client.get("/links").location.startswith("/signin")
    assert client.get("/api/links/v1/links").status_code == 401
    assert client.get("/").location == "/signin"
