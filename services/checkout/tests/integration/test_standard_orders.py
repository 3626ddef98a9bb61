"""Standard Orders: straight from a catalog, by its own settings, with no link anywhere."""

import csv
import io
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from checkout.deps import Deps
from checkout.store.models import Cart, Order
from common.ids import new_id
from common.testing import PeerServer, make_claims, sign_in

from .conftest import MEN, WOMEN, Shopper, World, deliver, events_of, sku
from .test_precedence import make_group

USER = new_id()


class Customer(Shopper):
    """A user's browser, ordering for its buyer from the women's catalog."""

    def __init__(self, app: Flask, deps: Deps, world: World, *, user_id: UUID = USER) -> None:
        self.client = app.test_client()
        self._cache = deps.cache
        claims = make_claims(kind="user", user_id=user_id, display_name="Aya Mori")
        self.client.set_cookie("s", sign_in(deps.cache, claims, kind="session"))
        self.at(world.buyer["buyer_id"], WOMEN)

    def at(self, buyer_id: str, catalog_id: str) -> None:
        self.cart = f"/app/cart/{buyer_id}/{catalog_id}"
        self.checkout = f"/app/checkout/{buyer_id}/{catalog_id}"


@pytest.fixture(autouse=True)
def buyers_of_user(peers: PeerServer, world: World) -> None:
    own = {
        "buyer_id": world.buyer["buyer_id"],
        "maker_id": str(world.maker_id),
        "brand_id": str(world.brand_id),
        "name": "Boutique Aoyama",
        "brand_name": "NORD",
        "organisation_id": str(new_id()),
    }
    peers.answers["identity", "users/buyers"] = lambda asked: {
        "buyers": [own] if asked["user_id"] == str(USER) else []
    }


@pytest.fixture
def customer(app: Flask, deps: Deps, world: World) -> Customer:
    world.buyer |= {"kind": "connected"}
    return Customer(app, deps, world)


def orders_of(session: Session) -> list[Order]:
    return list(session.scalars(select(Order).order_by(Order.order_number)))


@pytest.mark.rule("R88")
def test_the_catalogs_own_settings_count_where_no_link_stands_above(
    customer: Customer, shopper: Shopper, deps: Deps, world: World, session: Session
) -> None:
    """The link hides the address, takes 500 a parcel and moves buyers; the catalog does none."""
    world.link |= {"address_shown": False, "view_only": False, "transition": True}
    world.link["shipping_rows"] = [make_group(deps, world, fee=500)]
    world.catalog_rows = [make_group(deps, world, fee=900)]
    shopper.put(sku(1), 1)
    customer.put(sku(1), 2)

    assert shopper.order().status_code == 303
    reply = customer.order()

    assert reply.status_code == 303, reply.text[:2000]
    assert reply.location.startswith(f"{customer.checkout}/receipts/")
    by_link, standard = orders_of(session)
    assert by_link.snapshot["shipping"]["fee"]["minor"] == 500
    assert standard.snapshot["shipping"]["fee"]["minor"] == 900
    assert (by_link.link_id, standard.link_id) == (world.link_id, None)
    assert (by_link.snapshot["transition"], standard.snapshot["transition"]) == (True, False)


@pytest.mark.rule("R88")
@pytest.mark.parametrize("shown", [True, False])
def test_the_address_is_asked_for_as_the_catalog_says(
    customer: Customer, world: World, session: Session, shown: bool
) -> None:
    world.link |= {"address_shown": not shown}
    world.catalog_settings = {"address_shown": shown}
    customer.put(sku(1), 1)
    page = customer.open_checkout()
    assert ('name="addressee"' in page) is shown
    assert customer.order().status_code == 303
    [order] = orders_of(session)
    assert (order.address is not None) is shown


@pytest.mark.rule("R88")
def test_the_payment_methods_are_the_catalogs(customer: Customer, world: World) -> None:
    world.link |= {"payment_methods": ["outside"]}
    world.catalog_settings = {"payment_methods": []}
    customer.put(sku(1), 1)
    assert "There is no way to pay at the moment" in customer.open_checkout()


@pytest.mark.rule("R88", "R168")
def test_each_catalog_has_a_cart_of_its_own_beside_the_links(
    customer: Customer, shopper: Shopper, world: World, session: Session
) -> None:
    shopper.put(sku(1), 1)
    customer.put(sku(1), 2)
    customer.at(world.buyer["buyer_id"], MEN)
    customer.put(sku(3), 3, catalog=MEN)
    other = customer.put(sku(1), 9)

    assert other.status_code == 404
    assert other.get_json()["code"] == "not_in_link"
    assert [line["quantity"] for line in customer.lines()["lines"]] == [3]
    assert [line["quantity"] for line in shopper.lines()["lines"]] == [1]
    carts = {(str(each.catalog_id), each.link_id) for each in session.scalars(select(Cart))}
    assert carts == {(WOMEN, None), (MEN, None), ("None", world.link_id)}


@pytest.mark.rule("R37", "R38", "R203")
def test_only_a_user_of_the_connected_buyer_gets_in(
    app: Flask, deps: Deps, world: World, customer: Customer
) -> None:
    customer.put(sku(1), 1)
    stranger = Customer(app, deps, world, user_id=new_id())
    for path in (stranger.cart, stranger.checkout, f"{stranger.cart}/lines"):
        assert stranger.client.get(path).status_code == 404, path
    assert stranger.put(sku(1), 5).status_code == 404
    nobody = app.test_client().get(customer.cart)
    assert nobody.status_code == 302
    assert nobody.location.startswith("/signin?next=%2Fapp%2Fcart")


@pytest.mark.rule("R38", "D21")
def test_who_has_left_the_buyer_meanwhile_orders_nothing(
    customer: Customer, peers: PeerServer, session: Session
) -> None:
    """The kept answer still names the user; placing asks afresh."""
    customer.put(sku(1), 2)
    form = customer.form()
    peers.answers["identity", "users/buyers"] = lambda _asked: {"buyers": []}
    assert customer.send(form).status_code == 404
    assert orders_of(session) == []


@pytest.mark.rule("R160", "R180")
def test_a_repeat_gives_one_order_and_its_receipt_is_this_sessions(
    customer: Customer, app: Flask, deps: Deps, world: World, session: Session
) -> None:
    customer.put(sku(1), 2)
    form = customer.form()
    one, again = customer.send(form), customer.send(form)
    assert one.location == again.location
    [order] = orders_of(session)
    receipt = customer.client.get(one.location)
    assert order.order_number in receipt.text
    assert f'href="/app/shop/{world.buyer["buyer_id"]}"' in receipt.text
    assert Customer(app, deps, world).client.get(one.location).status_code == 404


@pytest.mark.rule("R179")
def test_all_that_reads_an_orders_link_copes_with_none(
    customer: Customer, staff: FlaskClient, deps: Deps, world: World, session: Session
) -> None:
    customer.put(sku(1), 2)
    customer.order()
    [order] = orders_of(session)
    [event] = events_of(deps, "checkout.order_completed.v1")
    assert event["payload"]["link_id"] is None
    assert event["payload"]["method"] == "user_account"
    assert event["payload"]["user_id"] == str(USER)
    deliver(deps, event)

    page = staff.get(f"/orders/{order.id}").text
    assert "Standard Order" in page
    assert staff.get("/orders").text.count(order.order_number) > 0
    api: Any = staff.get(f"/api/checkout/v1/orders/{order.id}").get_json()
    assert api["link_id"] is None
    rows = list(csv.DictReader(io.StringIO(staff.get("/orders/export.csv").text.lstrip("\ufeff"))))
    assert rows[0]["Ordered through"] == "Standard Order"
    pdf = staff.get(f"/orders/{order.id}/confirmation.pdf")
    assert pdf.data.startswith(b"%PDF")
