"""See it as…: staff's own view of a buyer's page; it opens nothing and counts nothing."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from common.clock import utc_now
from common.errors import NotFound
from common.ids import new_id
from common.testing import PeerServer
from common.testing.peers import sample, sample_answer
from links.deps import Deps
from links.store.models import LinkPreview

from .conftest import signed_in
from .test_links import make, resolve

BUYER = sample_answer("identity", "buyers/read")["buyer_id"]


def preview(staff: FlaskClient, link: dict[str, Any], at: str = "") -> str:
    """Return the preview's token. `at` is a local time in UTC."""
    form = {"buyer_id": BUYER, "at": at, "at_zone": "UTC"}
    reply = staff.post(f"/links/{link['id']}/preview", data=form)
    assert reply.status_code == 303, reply.get_data(as_text=True)
    assert reply.location.startswith("/l/p_")
    return str(reply.location.removeprefix("/l/"))


def local(hours: int) -> str:
    return f"{utc_now() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def test_staff_finds_a_buyer_and_sees_the_page(staff: FlaskClient, peers: PeerServer) -> None:
    link = make(staff)
    page = staff.get(f"/links/{link['id']}/preview?q=aoyama").get_data(as_text=True)
    assert "Boutique Aoyama" in page
    asked = [body for _, question, body in peers.asked if question == "buyers/search"]
    assert asked[-1] == sample("identity", "buyers/search")["request"]
    token = preview(staff, link)
    gate = staff.get(f"/l/{token}")
    assert (gate.status_code, gate.location) == (303, f"/shop/{token}")


def test_the_answer_carries_buyer_and_moment(staff: FlaskClient, client: FlaskClient) -> None:
    link = make(staff)
    token = preview(staff, link, local(5))
    answer = resolve(client, token)
    assert answer.status_code == 200
    assert set(answer.json) == set(sample("links", "links/resolve")["response"])
    assert set(answer.json["preview"]) == {"buyer_id", "at", "expires_at"}
    assert answer.json["preview"]["buyer_id"] == BUYER
    assert (answer.json["token"], answer.json["link_id"]) == (token, link["id"])


@pytest.mark.rule("R18", "R20", "R24")
def test_the_gate_is_judged_at_the_moment(staff: FlaskClient, client: FlaskClient) -> None:
    now = utc_now()
    link = make(
        staff,
        release_at=(now + timedelta(hours=2)).isoformat(),
        expires_at=(now + timedelta(hours=4)).isoformat(),
    )
    expected = {1: (403, "not_yet_released"), 3: (303, "open"), 5: (410, "expired")}
    for hours, (status, state) in expected.items():
        token = preview(staff, link, local(hours))
        assert resolve(client, token).json["state"] == state
        gate = staff.get(f"/l/{token}")
        assert gate.status_code == status
        if status != 303:
            assert "You see this as Boutique Aoyama" in gate.get_data(as_text=True)
    assert client.get(f"/l/{link['token']}").status_code == 403


@pytest.mark.rule("R203")
def test_without_the_brands_staff_it_reveals_nothing(
    app: Flask, cache_url: str, staff: FlaskClient, client: FlaskClient
) -> None:
    token = preview(staff, make(staff))
    for address in (f"/l/{token}", f"/l/p_{'A' * 22}"):
        reply = client.get(address)
        assert (reply.status_code, reply.location.split("?")[0]) == (302, "/signin")
    for stranger in (
        signed_in(app, cache_url, brand_ids=[new_id()]),
        signed_in(app, cache_url, maker_id=new_id()),
    ):
        assert stranger.get(f"/l/{token}").status_code == 404


@pytest.mark.parametrize("path", ["/l/{}", "/l/{}/steps"])
def test_nothing_can_be_sent_to_a_preview(staff: FlaskClient, path: str) -> None:
    token = preview(staff, make(staff))
    reply = staff.post(path.format(token), json={"step": "browsed", "visitor": "a" * 20})
    assert reply.status_code == 403
    assert "preview" in reply.get_data(as_text=True)


def test_it_ends_after_half_an_hour_and_only_its_hash_is_kept(
    staff: FlaskClient, client: FlaskClient, deps: Deps
) -> None:
    token = preview(staff, make(staff))
    with deps.database.transaction() as session:
        row = session.scalars(select(LinkPreview)).one()
        assert token not in row.token_hash
        assert timedelta(minutes=29) < row.expires_at - utc_now() <= timedelta(minutes=30)
        row.expires_at = utc_now()
    assert resolve(client, token).status_code == 404
    assert staff.get(f"/l/{token}").status_code == 404


def test_a_deleted_link_ends_its_previews(staff: FlaskClient, client: FlaskClient) -> None:
    link = make(staff)
    token = preview(staff, link)
    form = {"status": "deleted", "name": link["name"]}
    staff.post(f"/links/{link['id']}/status", data=form)
    assert resolve(client, token).status_code == 404


def test_a_strangers_buyer_or_a_wrong_time_is_told_at_its_field(
    staff: FlaskClient, peers: PeerServer
) -> None:
    link = make(staff)
    twice = {"buyer_id": BUYER, "at": "2026-11-01T01:30", "at_zone": "America/New_York"}
    reply = staff.post(f"/links/{link['id']}/preview", data=twice)
    assert reply.status_code == 422
    assert 'id="at-error"' in reply.get_data(as_text=True)

    def unknown(_asked: dict[str, Any]) -> dict[str, Any]:
        raise NotFound("no")

    peers.answers["identity", "buyers/read"] = unknown
    form = {"buyer_id": str(new_id())}
    reply = staff.post(f"/links/{link['id']}/preview", data=form)
    assert reply.status_code == 422
    assert 'id="buyer_id-error"' in reply.get_data(as_text=True)
