"""The brand's catalogs for a user that orders as its connected buyer, without any link."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient

from catalog.deps import Deps
from catalog.store.models import Catalog, Grant
from common.clock import utc_now
from common.ids import new_id
from common.testing import PeerServer, make_claims, sign_in
from common.testing.peers import sample_answer

from .conftest import BOOK, BRAND, BUYER_ID, CATALOG, MAKER, PRODUCT

pytestmark = pytest.mark.integration
USER = new_id()
SHOP = f"/app/shop/{BUYER_ID}"
HERE = f"{SHOP}/catalogs/{CATALOG}"
CART = f"/app/cart/{BUYER_ID}/{CATALOG}"
ChangeCatalog = Callable[..., None]


@pytest.fixture
def customer(app: Flask, peers: PeerServer, cache_url: str) -> FlaskClient:
    own = sample_answer("identity", "users/buyers")["buyers"][0]
    own |= {"buyer_id": str(BUYER_ID), "maker_id": str(MAKER), "brand_id": str(BRAND)}
    peers.answers[("identity", "users/buyers")] = lambda asked: {
        "buyers": [own] if asked["user_id"] == str(USER) else []
    }
    return user_client(app, cache_url, USER)


def user_client(app: Flask, cache_url: str, user_id: UUID) -> FlaskClient:
    claims = make_claims(kind="user", user_id=user_id, display_name="Aya Mori")
    with redis.Redis.from_url(cache_url) as cache:
        token = sign_in(cache, claims, kind="session")
    client = app.test_client()
    client.set_cookie("s", token)
    return client


@pytest.mark.rule("R57", "R62", "R88")
def test_the_same_pages_fill_the_cart_of_their_own_catalog(customer: FlaskClient) -> None:
    landing = customer.get(f"{SHOP}?language=en").text
    assert f'href="{HERE}"' in landing
    assert "/cart/" not in landing
    assert 'href="/app"' in landing

    page = customer.get(f"{HERE}?language=en").text
    assert "¥4,080" in page
    assert f'data-cart-url="{CART}"' in page
    assert f'href="{CART.replace("cart", "checkout", 1)}"' in page
    product = customer.get(f"{SHOP}/products/{CATALOG}/{PRODUCT}?language=en").text
    assert f'data-cart-url="{CART}"' in product
    assert "TEE-001" in customer.get(f"{SHOP}?q=tee-001&language=en").text


@pytest.mark.rule("R68", "R71", "R73")
@pytest.mark.parametrize(
    ("changed", "is_seen"),
    [
        ({"status": "open"}, True),
        ({"status": "closed"}, False),
        ({"status": "limited"}, False),
        ({"open_at": utc_now() + timedelta(days=1)}, False),
        ({"order_deadline_at": utc_now() - timedelta(days=1)}, True),
    ],
)
def test_the_catalog_is_there_as_its_own_dates_and_status_say(
    customer: FlaskClient, change_catalog: ChangeCatalog, changed: dict[str, Any], is_seen: bool
) -> None:
    change_catalog(**changed)
    assert (HERE in customer.get(SHOP).text) is is_seen
    assert customer.get(HERE).status_code == (200 if is_seen else 404)


@pytest.mark.rule("R71")
def test_a_limited_one_is_there_with_a_grant(
    customer: FlaskClient, change_catalog: ChangeCatalog, deps: Deps
) -> None:
    change_catalog(status="limited")
    with deps.database.transaction(MAKER) as session:
        session.add(Grant(maker_id=MAKER, catalog_id=CATALOG, buyer_id=BUYER_ID))
    assert customer.get(HERE).status_code == 200


@pytest.mark.rule("R74")
def test_after_the_deadline_it_is_there_to_look_at(
    customer: FlaskClient, change_catalog: ChangeCatalog
) -> None:
    change_catalog(order_deadline_at=utc_now() - timedelta(days=1))
    page = customer.get(f"{HERE}?language=en").text
    assert "The order deadline has passed" in page
    assert "data-sku=" not in page


@pytest.mark.rule("R37", "R38", "R203")
def test_nobody_else_gets_in(customer: FlaskClient, app: Flask, cache_url: str, deps: Deps) -> None:
    stranger = user_client(app, cache_url, new_id())
    for path in (SHOP, HERE, f"{SHOP}/products/{CATALOG}/{PRODUCT}"):
        assert stranger.get(path).status_code == 404, path
        nobody = app.test_client().get(path)
        assert nobody.location.startswith("/signin?next=%2Fapp%2Fshop"), path
    with deps.database.transaction(MAKER) as session:
        other = session.get_one(Catalog, CATALOG)
        other.brand_id = new_id()
    assert customer.get(HERE).status_code == 404


def test_what_can_be_ordered_stands_before_what_is_to_look_at(
    customer: FlaskClient, change_catalog: ChangeCatalog, deps: Deps
) -> None:
    with deps.database.transaction(MAKER) as session:
        own = session.get_one(Catalog, CATALOG)
        kept = ("code", "names", "descriptions", "status", "open_at", "payment_methods")
        copied = {name: getattr(own, name) for name in kept} | {"code": "FW26"}
        newer = Catalog(
            id=new_id(),
            maker_id=MAKER,
            brand_id=BRAND,
            order_deadline_at=utc_now() - timedelta(days=1),
            address_shown=True,
            shipping_rows=[],
            hero_key=None,
            **copied,
        )
        session.add(newer)
        over = f"{SHOP}/catalogs/{newer.id}"
    page = customer.get(SHOP).text
    assert page.index(HERE) < page.index(over)


@pytest.mark.rule("R88", "R149")
def test_the_lookbooks_are_those_of_the_catalogs_that_are_seen(
    customer: FlaskClient, change_catalog: ChangeCatalog, change_lookbook: ChangeCatalog
) -> None:
    book = f"{SHOP}/lookbooks/{BOOK}"
    assert customer.get(book).status_code == 404
    change_catalog(lookbook_ids=[str(BOOK)])
    assert f'href="{book}"' in customer.get(SHOP).text
    assert customer.get(book).status_code == 200
    change_lookbook(status="draft")
    assert customer.get(book).status_code == 404
    change_lookbook(status="public")
    change_catalog(status="closed")
    assert customer.get(book).status_code == 404


@pytest.mark.rule("R88")
def test_an_order_sheet_fills_the_cart_of_its_catalog(
    customer: FlaskClient, peers: PeerServer
) -> None:
    def write(asked: dict[str, Any]) -> dict[str, Any]:
        assert (asked["link_id"], asked["catalog_id"]) == (None, str(CATALOG))
        lines = [line | {"before": 0} for line in asked["lines"]]
        return {"version": 1, "units": 12, "lines": lines}

    peers.answers[("checkout", "carts/write")] = write
    sheet = f"{SHOP}/sheets/{CATALOG}"
    assert f'href="{sheet}"' in customer.get(HERE).text
    assert customer.get(f"{sheet}/order-sheet.xlsx").status_code == 200
    file = io.BytesIO(b"SKU number,Quantity\nTEE-001-WHT-M,12\n")
    answer = customer.post(sheet, data={"file": (file, "sheet.csv")})
    page = customer.get(f"{answer.location}?language=en").text
    assert "1 line is in your cart" in page
    assert f'href="{CART}"' in page
