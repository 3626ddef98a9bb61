"""The gate in each of its states: status, words, whom to ask, and nothing of the brand's own notes."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from common.clock import utc_now
from common.testing import PeerServer
from common.testing.peers import sample_answer

from .conftest import CATALOG
from .test_links import make, resolve

CONTACT = {
    "first_name": "Mika",
    "last_name": "Lund",
    "email": "showroom@nord.example",
    "phone": "+81 3 5555 0142",
    "note": "Weekdays\n10 to 18",
}
SOON, LATELY = utc_now() + timedelta(hours=1), utc_now() - timedelta(hours=1)
STATES: dict[str, tuple[int, dict[str, Any], str, str]] = {
    "void": (403, {}, "This link is closed.", "このリンクは閉じられています。"),
    "not_yet_released": (
        403,
        {"release_at": SOON.isoformat()},
        "This link is not open yet.",
        "このリンクはまだ公開されていません。",
    ),
    "expired": (
        410,
        {"expires_at": LATELY.isoformat()},
        "This link has expired.",
        "このリンクは有効期限が切れています。",
    ),
}


def closed(staff: FlaskClient, state: str) -> str:
    """Make a link in that state and return its token."""
    link = make(staff, contacts=[CONTACT], **STATES[state][1])
    if state == "void":
        staff.post(f"/links/{link['id']}/status", data={"status": "void"})
    return str(link["token"])


@pytest.mark.rule("D24", "R12", "R18", "R20", "R26", "R4", "R5", "R154")
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_gate_says_why_and_whom_to_ask(
    staff: FlaskClient, client: FlaskClient, state: str, method: str
) -> None:
    token, (status, _, english, japanese) = closed(staff, state), STATES[state]
    reply = getattr(client, method)(f"/l/{token}")
    page = reply.get_data(as_text=True)
    assert reply.status_code == status
    assert english in page
    assert "Mika Lund" in page
    assert "mailto:showroom@nord.example" in page
    assert "Secret showroom plan" not in page
    assert "Only for the reps" not in page
    spoken = client.get(f"/l/{token}", headers={"Accept-Language": "ja"})
    assert japanese in spoken.get_data(as_text=True)
    assert resolve(client, token).json["state"] == state


@pytest.mark.rule("D24", "R15")
@pytest.mark.parametrize("token", ["A" * 22, "short"])
def test_an_unknown_gate_says_so_in_words(client: FlaskClient, token: str) -> None:
    reply = client.get(f"/l/{token}")
    assert reply.status_code == 404
    assert "There is no link at this address." in reply.get_data(as_text=True)
    spoken = client.get(f"/l/{token}", headers={"Accept-Language": "ja"})
    assert "このアドレスのリンクはありません。" in spoken.get_data(as_text=True)


@pytest.mark.rule("R18", "R23", "D2")
def test_the_release_is_an_instant_that_the_page_puts_in_the_readers_zone(
    staff: FlaskClient, client: FlaskClient
) -> None:
    page = client.get(f"/l/{closed(staff, 'not_yet_released')}").get_data(as_text=True)
    [time] = [part for part in page.split("<time")[1:] if "data-local" in part.split(">")[0]]
    assert f'datetime="{SOON.isoformat()}"' in time


@pytest.mark.rule("R17", "R19", "R24", "D3")
def test_the_beginning_belongs_to_it_and_the_end_does_not(
    staff: FlaskClient, client: FlaskClient
) -> None:
    now = utc_now()
    begun = make(staff, release_at=now.isoformat())
    over = make(staff, expires_at=now.isoformat())
    both = make(staff, release_at=LATELY.isoformat(), expires_at=SOON.isoformat())
    codes = [client.get(f"/l/{link['token']}").status_code for link in (begun, over, both)]
    assert codes == [303, 410, 303]


@pytest.mark.rule("R30", "R31")
@pytest.mark.parametrize("status", ["open", "limited", "closed"])
def test_a_link_within_its_time_is_open_whatever_its_catalogs_are(
    staff: FlaskClient, client: FlaskClient, peers: PeerServer, status: str
) -> None:
    catalog = sample_answer("catalog", "catalogs/read")["catalogs"][0]
    passed = {"order_deadline": LATELY.isoformat(), "published_at": SOON.isoformat()}
    peers.answers["catalog", "catalogs/read"] = {
        "catalogs": [catalog | passed | {"catalog_id": str(CATALOG), "status": status}]
    }
    link = make(staff)
    assert client.get(f"/l/{link['token']}").status_code == 303
    answer = resolve(client, link["token"]).json
    assert (answer["state"], answer["catalog_ids"]) == ("open", [str(CATALOG)])
    # The link keeps to its own limits, and nothing is ever said to catalog but questions.
    assert {question for _, question, _ in peers.asked} <= {
        *("catalogs/read", "lookbooks/read", "ordering/read", "brands/read"),
        *("brands/terms-in-use", "prices/missing"),
    }


def test_a_gate_without_identity_still_answers(
    app: Flask, staff: FlaskClient, client: FlaskClient, peers: PeerServer
) -> None:
    token = closed(staff, "expired")
    peers.close()
    reply = client.get(f"/l/{token}")
    assert reply.status_code == 410
    assert "Mika Lund" in reply.get_data(as_text=True)
