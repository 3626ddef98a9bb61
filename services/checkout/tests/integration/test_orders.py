"""The staff's and the user's order pages, the ledger, the API."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from checkout.deps import Deps
from checkout.store.models import LedgerEntry, Order
from common.errors import NotFound
from common.testing import PeerServer, make_claims, sign_in

from .conftest import AOYAMA, World, arrive, events_of, staff_client

TRANSITION = "identity.transition_changed.v1"
MESSAGE = "notifications.message_changed.v1"
Placed = Callable[..., list[Order]]


def test_the_list_finds_an_order_by_its_number(placed: Placed, staff: Any) -> None:
    women, men = placed()
    every = staff.get("/orders").text
    assert women.order_number in every
    assert men.order_number in every
    found = staff.get(f"/orders?q={men.order_number}").text
    assert f'href="/orders/{men.id}"' in found
    assert f'href="/orders/{women.id}"' not in found
    assert "No order with this number" in staff.get("/orders?q=%25").text


def test_the_list_walks_both_ways(placed: Placed, staff: Any, app: Flask) -> None:
    women, men = placed()
    older = staff.get(f"/orders?before={men.id}").text
    assert women.order_number in older
    assert f'href="/orders?after={women.id}"' in older
    newer = staff.get(f"/orders?after={women.id}").text
    assert f'href="/orders/{men.id}"' in newer
    assert f'href="/orders/{women.id}"' not in newer


@pytest.mark.rule("R203")
def test_another_brands_order_is_not_there(
    placed: Placed, app: Flask, deps: Deps, world: World
) -> None:
    order = placed()[0]
    other_brand = staff_client(app, deps, world, brand_ids=[uuid4()])
    other_maker = staff_client(app, deps, world, maker_id=uuid4())
    for stranger in (other_brand, other_maker):
        assert stranger.get(f"/orders/{order.id}").status_code == 404
        assert stranger.post(f"/orders/{order.id}/address", data=AOYAMA).status_code == 404
        assert stranger.get(f"/api/checkout/v1/orders/{order.id}").status_code == 404
        assert order.order_number not in stranger.get("/orders").text
        retry = f"/orders/{order.id}/ledger/transition/transition/retry"
        assert stranger.post(retry).status_code == 404


@pytest.mark.rule("R16")
def test_a_member_who_may_only_read_changes_nothing(
    placed: Placed, app: Flask, deps: Deps, world: World
) -> None:
    order = placed()[0]
    reader = staff_client(app, deps, world, role="member_read")
    assert reader.get(f"/orders/{order.id}").status_code == 200
    assert reader.post(f"/orders/{order.id}/address", data=AOYAMA).status_code == 403
    retry = f"/orders/{order.id}/ledger/upload/1/retry"
    assert reader.post(retry).status_code == 403


def test_nobody_signed_in_is_sent_to_the_sign_in(placed: Placed, app: Flask) -> None:
    order = placed()[0]
    reply = app.test_client().get(f"/orders/{order.id}")
    assert reply.location.startswith("/signin?next=%2Forders%2F")


def test_the_ledger_waits_then_shows_transition_and_mails(
    placed: Placed, staff: Any, deps: Deps
) -> None:
    order = placed()[0]
    page = staff.get(f"/orders/{order.id}").text
    assert 'data-ledger="transition" data-state="pending"' in page
    assert 'data-ledger="upload" data-state="pending"' in page

    arrive(deps, TRANSITION, order_id=str(order.id))
    arrive(deps, MESSAGE, order_id=str(order.id), state="dead", note="550 no such mailbox")
    page = staff.get(f"/orders/{order.id}").text
    assert 'data-ledger="transition" data-state="moved"' in page
    assert "Claim mail sent: buyer@boutique.example" in page
    assert '<span class="quiet">buyer@boutique.example</span>' in page
    assert 'data-ledger="mail" data-state="dead"' in page
    assert "550 no such mailbox" in page


def test_the_ledger_shows_what_may_be_seen_of_the_maker_s_own_mails_and_of_old_ones(
    placed: Placed, staff: Any, deps: Deps
) -> None:
    order = placed()[0]
    claim = {"state": "sent", "email_masked": "c***@boutique.example"}
    arrive(deps, TRANSITION, order_id=str(order.id), claim=claim)
    arrive(deps, MESSAGE, order_id=str(order.id), recipient=None)
    page = staff.get(f"/orders/{order.id}").text
    assert "Claim mail sent: c***@boutique.example" in page
    assert '<span class="quiet">b***@boutique.example</span>' in page


def test_an_older_word_never_covers_a_newer_one(
    placed: Placed, deps: Deps, session: Session
) -> None:
    order = placed()[0]
    message = str(uuid4())
    about = {"order_id": str(order.id), "message_id": message}
    arrive(deps, MESSAGE, seq=2, state="done", attempts=2, **about)
    arrive(deps, MESSAGE, seq=1, state="pending", attempts=1, **about)
    entry = session.scalars(select(LedgerEntry)).one()
    assert (entry.state, entry.attempts) == ("done", 2)


def test_a_claim_leaves_the_outcome_alone_in_any_order(
    placed: Placed, deps: Deps, staff: Any
) -> None:
    order = placed()[0]
    arrive(deps, TRANSITION, seq=2, order_id=str(order.id), outcome="claimed", claim=None)
    arrive(deps, TRANSITION, seq=1, order_id=str(order.id))
    page = staff.get(f"/orders/{order.id}").text
    assert 'data-ledger="transition" data-state="moved"' in page
    assert "Claimed" in page


def test_retries_go_to_whoever_owns_the_consequence(
    placed: Placed, staff: Any, deps: Deps, world: World
) -> None:
    order = placed()[0]
    message = str(uuid4())
    arrive(deps, MESSAGE, order_id=str(order.id), message_id=message, state="dead")
    base = f"/orders/{order.id}/ledger"
    assert staff.post(f"{base}/mail/{message}/retry").status_code == 303
    assert staff.post(f"{base}/transition/transition/retry").status_code == 303
    assert staff.post(f"{base}/mail/{uuid4()}/retry").status_code == 404
    assert world.retried == [("mail", message), ("transition", str(order.id))]


@pytest.mark.rule("R111")
def test_the_brand_adds_an_address_by_hand(
    placed: Placed, staff: Any, deps: Deps, world: World, session: Session
) -> None:
    world.link["address_shown"] = False
    order = placed()[0]
    wrong = staff.post(f"/orders/{order.id}/address", data=AOYAMA | {"phone": ""})
    assert wrong.status_code == 422
    for _ in range(2):
        assert staff.post(f"/orders/{order.id}/address", data=AOYAMA).status_code == 303
    row = session.get_one(Order, order.id)
    assert row.address is not None
    assert (row.address["zip"], row.address_by_hand) == ("107-0062", True)
    [event] = events_of(deps, "checkout.order_address_changed.v1")
    assert event["payload"] == {"order_id": str(order.id), "order_number": order.order_number}


@pytest.mark.rule("R181")
def test_a_user_sees_the_orders_of_its_connected_buyers_alone(
    placed: Placed, app: Flask, deps: Deps, world: World, peers: PeerServer
) -> None:
    order = placed()[0]
    user = app.test_client()
    claims = make_claims(kind="user", user_id=uuid4())
    user.set_cookie("s", sign_in(deps.cache, claims, kind="session"))
    own = {
        "buyer_id": world.buyer["buyer_id"],
        "maker_id": str(world.maker_id),
        "brand_id": str(world.brand_id),
        "name": "Boutique Aoyama",
        "brand_name": "NORD",
        "organisation_id": str(uuid4()),
    }
    peers.answers["identity", "users/buyers"] = lambda _asked: {"buyers": [own]}
    assert order.order_number in user.get("/app/orders").text
    assert user.get(f"/app/orders/{order.id}").status_code == 200

    deps.cache.flushdb()
    user.set_cookie("s", sign_in(deps.cache, claims, kind="session"))
    peers.answers["identity", "users/buyers"] = lambda _asked: {"buyers": []}
    assert order.order_number not in user.get("/app/orders").text
    assert user.get(f"/app/orders/{order.id}").status_code == 404


def test_the_api_lists_and_shows_orders(placed: Placed, staff: Any) -> None:
    women, men = placed()
    listed = staff.get("/api/checkout/v1/orders?limit=1").get_json()
    assert [each["order_number"] for each in listed["orders"]] == [men.order_number]
    assert listed["older"] == str(men.id)
    older = staff.get(f"/api/checkout/v1/orders?before={men.id}").get_json()
    assert [each["order_number"] for each in older["orders"]] == [women.order_number]
    shown = staff.get(f"/api/checkout/v1/orders/{women.id}").get_json()
    assert shown["total"] == {"minor": 13464, "currency": "JPY"}
    assert shown["lines"][0]["sku_number"] == "TEE-01"
    assert shown["address"]["zip"] == "107-0062"


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "before=1"])
def test_the_api_names_a_wrong_parameter(staff: Any, query: str) -> None:
    reply = staff.get(f"/api/checkout/v1/orders?{query}")
    assert reply.status_code == 422
    assert query.partition("=")[0] in reply.get_json()["errors"][0]["field"]


def test_the_api_needs_somebody(app: Flask) -> None:
    assert app.test_client().get("/api/checkout/v1/orders").status_code == 401


def test_the_settings_pages_show_each_brand(staff: Any, peers: PeerServer) -> None:
    for path in ("/shipping", "/payments", "/next-engine"):
        assert "NORD" in staff.get(path).text

    def away(_asked: dict[str, Any]) -> dict[str, Any]:
        raise NotFound("no such brand")

    peers.answers["identity", "brands/read"] = away
    assert staff.get("/shipping").status_code == 200


def test_the_document_of_the_api_is_openapi_3_1(app: Flask) -> None:
    document = app.test_client().get("/api/checkout/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    assert "/api/checkout/v1/orders/{order_id}" in document["paths"]
