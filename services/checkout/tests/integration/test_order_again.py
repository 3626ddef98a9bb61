"""Re-order: an order's lines into a new cart, and what cannot be had any more said before."""

from typing import Any

import pytest
from flask import Flask

from checkout.deps import Deps
from common.errors import NotFound
from common.testing import PeerServer

from .conftest import MEN, TOKEN, WOMEN, MakeShopper, Shopper, World, sku
from .test_standard_orders import USER, Customer, buyers_of_user, customer

__all__ = ["buyers_of_user", "customer"]


def order_of(shopper: Shopper, world: World, deps: Deps) -> str:
    """Order two lines; return the receipt's address, and let one of them lose its price."""
    shopper.put(sku(1), 3)
    shopper.put(sku(2), 5)
    receipt = str(shopper.order().location)
    world.prices |= {sku(1): 5000, sku(2): None}
    shopper.forget_answers()
    return receipt


def again_of(shopper: Shopper, page: str) -> str:
    """Return the address behind "Order again" of that page."""
    text = shopper.client.get(page).text
    [found] = [part for part in text.split('"') if part.endswith("/again")]
    return found


def lines(shopper: Shopper) -> list[tuple[str, int]]:
    return [(each["sku_id"], each["quantity"]) for each in shopper.lines()["lines"]]


@pytest.mark.parametrize("way", ["link", "standard"])
def test_a_receipts_order_goes_into_the_same_cart_without_what_is_gone(
    shopper: Shopper, customer: Customer, world: World, deps: Deps, way: str
) -> None:
    buyer = customer if way == "standard" else shopper
    again = again_of(buyer, order_of(buyer, world, deps))
    shown = buyer.client.get(again).text
    assert shown.count('data-again="there"') == 1
    assert shown.count('data-again="no_price"') == 1
    assert "There is no price at your terms for this item." in shown
    assert "¥4,080" in shown
    assert "¥5,000" in shown
    assert lines(buyer) == []

    for _twice in range(2):
        put = buyer.client.post(again)
        assert (put.status_code, put.location) == (303, buyer.cart)
        assert lines(buyer) == [(sku(1), 3)]
    told = buyer.client.get(buyer.cart).text
    assert "1 line is not available any more and was left out." in told


def test_what_else_is_in_the_cart_stays(shopper: Shopper, world: World, deps: Deps) -> None:
    again = again_of(shopper, order_of(shopper, world, deps))
    shopper.put(sku(1), 9)
    shopper.put(sku(3), 2, catalog=MEN)
    shopper.client.post(again)
    assert sorted(lines(shopper)) == [(sku(1), 3), (sku(3), 2)]


@pytest.mark.parametrize(
    ("link", "goes_to"),
    [
        ({}, "link"),
        ({"state": "void"}, "catalog"),
        ({"state": "expired"}, "catalog"),
        ({"view_only": True}, "catalog"),
        ({"catalog_ids": [MEN]}, "catalog"),
        (None, "catalog"),
    ],
)
def test_in_the_buyer_app_a_closed_link_gives_way_to_its_catalog(
    *,
    make_shopper: MakeShopper,
    customer: Customer,
    world: World,
    deps: Deps,
    peers: PeerServer,
    link: dict[str, Any] | None,
    goes_to: str,
) -> None:
    shopper = make_shopper(user_id=USER, method="user_account")
    order_of(shopper, world, deps)
    page = customer.client.get("/app/orders").text
    [order] = {part for part in page.split('"') if part.startswith("/app/orders/")}
    again = again_of(customer, order)

    def answer(_asked: dict[str, Any]) -> dict[str, Any]:
        if link is None:
            raise NotFound("deleted")
        return world.link | link

    peers.answers["links", "links/resolve"] = answer
    customer.forget_answers()
    shown = customer.client.get(again).text
    assert ("The order link takes no orders any more" in shown) is (goes_to == "catalog")
    put = customer.client.post(again)
    assert put.location == (f"/cart/{TOKEN}" if goes_to == "link" else customer.cart)
    if goes_to == "catalog":
        assert lines(customer) == [(sku(1), 3)]


@pytest.mark.rule("R74", "R75")
def test_after_the_deadline_nothing_of_it_can_be_had(
    shopper: Shopper, world: World, deps: Deps
) -> None:
    again = again_of(shopper, order_of(shopper, world, deps))
    world.reasons = {WOMEN: "deadline_passed"}
    shopper.forget_answers()
    shown = shopper.client.get(again).text
    assert "Nothing of this order can be had now" in shown
    assert "The order deadline of this catalog has passed." in shown
    shopper.client.post(again)
    assert lines(shopper) == []


@pytest.mark.rule("R95")
def test_a_link_made_view_only_takes_nothing_again(
    shopper: Shopper, world: World, deps: Deps
) -> None:
    again = again_of(shopper, order_of(shopper, world, deps))
    world.link |= {"view_only": True}
    shopper.forget_answers()
    assert shopper.client.get(again).status_code == 403
    assert shopper.client.post(again).status_code == 403


@pytest.mark.rule("R160", "R203")
def test_anothers_order_is_not_ordered_again(
    shopper: Shopper, make_shopper: MakeShopper, app: Flask, world: World, deps: Deps
) -> None:
    again = again_of(shopper, order_of(shopper, world, deps))
    order_id = again.split("/")[-2]
    stranger = Customer(app, deps, world, user_id=world.link_id)
    for client, path in (
        (make_shopper().client, again),
        (stranger.client, f"/app/orders/{order_id}/again"),
    ):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
