"""See it as…: the shop as one buyer gets it at one moment, with the reason for what is hidden."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient

from common.clock import utc_now
from common.ids import new_id
from common.testing import PeerServer, make_claims, sign_in

from .conftest import BRAND, BUYER_ID, LINK, MAKER

pytestmark = pytest.mark.integration
TOKEN = "p_" + "A" * 22
SHOP = f"/shop/{TOKEN}"
CATALOG = f"{SHOP}/catalogs/{LINK['catalog_ids'][0]}"
ChangeCatalog = Callable[..., None]


def look_at(peers: PeerServer, at: datetime, **changed: Any) -> None:
    said = {
        "buyer_id": str(BUYER_ID),
        "at": at.isoformat(),
        "expires_at": (utc_now() + timedelta(minutes=30)).isoformat(),
    }
    peers.answers["links", "links/resolve"] = {**LINK, "token": TOKEN, "preview": said, **changed}


def staff_of(app: Flask, cache_url: str, **changed: Any) -> FlaskClient:
    claims = make_claims(**({"maker_id": MAKER, "brand_ids": [BRAND], "role": "admin"} | changed))
    with redis.Redis.from_url(cache_url) as cache:
        token = sign_in(cache, claims, kind="session")
    client = app.test_client()
    client.set_cookie("s", token)
    return client


@pytest.fixture
def staff(app: Flask, cache_url: str) -> FlaskClient:
    return staff_of(app, cache_url)


@pytest.mark.rule("R56")
def test_staff_sees_the_buyers_own_prices_under_a_banner(
    staff: FlaskClient, peers: PeerServer
) -> None:
    look_at(peers, utc_now())
    page = staff.get(f"{CATALOG}?language=en").text
    assert "You see this as Boutique Aoyama" in page
    assert "Nothing here can be ordered." in page
    assert "¥4,080" in page
    assert "grid.js" not in page
    assert f"/links/{LINK['link_id']}/preview" in page


@pytest.mark.rule("R73", "R74")
def test_dates_are_judged_at_the_previews_moment(
    staff: FlaskClient, peers: PeerServer, change_catalog: ChangeCatalog
) -> None:
    now = utc_now()
    hour = timedelta(hours=1)
    change_catalog(open_at=now + 2 * hour, order_deadline_at=now + 4 * hour)
    expected = {1: (404, "R73"), 3: (200, None), 5: (200, "R74")}
    for hours, (status, rule) in expected.items():
        staff.application.extensions["deps"].cache.flushdb()
        client = staff_of(
            staff.application, staff.application.extensions["deps"].settings.cache_url
        )
        look_at(peers, now + hours * hour)
        assert client.get(CATALOG).status_code == status
        notes = client.get(f"{SHOP}?language=en").text
        assert {r for r in ("R73", "R74") if f'data-note="{r}"' in notes} == ({rule} - {None})


@pytest.mark.rule("R68", "R71", "R149", "R93")
@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"status": "closed"}, "R68"),
        ({"status": "limited"}, "R71"),
        ({"view_only": True}, "R93"),
        ({"passcode_version": 2}, "R27"),
    ],
)
def test_the_reason_for_what_is_hidden_is_told(
    staff: FlaskClient,
    peers: PeerServer,
    change_catalog: ChangeCatalog,
    changed: dict[str, Any],
    rule: str,
) -> None:
    if "status" in changed:
        change_catalog(**changed)
    look_at(peers, utc_now(), **({} if "status" in changed else changed))
    assert f'data-note="{rule}"' in staff.get(SHOP).text


@pytest.mark.rule("R203")
def test_only_staff_of_the_brand_may_look(
    app: Flask, cache_url: str, client: FlaskClient, buyer: FlaskClient, peers: PeerServer
) -> None:
    look_at(peers, utc_now())
    for nobody in (client, buyer):
        reply = nobody.get(SHOP)
        assert (reply.status_code, reply.location.split("?")[0]) == (302, "/signin")
    assert not [1 for service, _q, body in peers.asked if body.get("token") == TOKEN]
    for stranger in (
        staff_of(app, cache_url, brand_ids=[new_id()]),
        staff_of(app, cache_url, maker_id=new_id()),
    ):
        assert stranger.get(SHOP).status_code == 404


def test_a_gate_that_is_shut_then_shows_itself(staff: FlaskClient, peers: PeerServer) -> None:
    look_at(peers, utc_now(), state="expired")
    assert staff.get(SHOP).location.endswith(f"/l/{TOKEN}")
