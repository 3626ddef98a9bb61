"""catalog on a real database, its peers answering the contracts' samples over HTTP."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient

from catalog.app import create_app
from catalog.deps import Deps, make_deps
from catalog.settings import Settings
from catalog.store.brands import remember_brand
from catalog.store.models import Catalog, CatalogProduct, Lookbook, Price, Product, Sku, Tax
from common.service_tokens import TokenMaker
from common.testing import (
    PageClient,
    PeerServer,
    app_on,
    make_claims,
    make_keys,
    settings_env,
    sign_in,
)
from common.testing.peers import sample, sample_answer
from devstack.testing.databases import DatabaseMaker

LINK = sample_answer("links", "links/resolve")
BUYER = sample_answer("identity", "buyers/read")
LINE = sample_answer("catalog", "prices/read")["catalogs"][0]["lines"][0]
MAKER, BRAND = UUID(LINK["maker_id"]), UUID(LINK["brand_id"])
BUYER_ID, TERM = UUID(BUYER["buyer_id"]), UUID(BUYER["terms"]["trade_term_id"])
CATALOG, SKU = UUID(LINE["catalog_id"]), UUID(LINE["sku_id"])
PRODUCT, TAX = UUID(LINE["product_id"]), UUID(LINE["tax_id"])
BOOK = UUID(LINK["lookbook_ids"][0])
NAMES = {"en": "SS27 Women", "ja": "2027年 春夏"}


@pytest.fixture
def peers() -> Iterator[PeerServer]:
    server = PeerServer()
    server.answers[("links", "links/resolve")] = dict(LINK)
    yield server
    server.close()


@pytest.fixture
def app(make_service_database: DatabaseMaker, cache_url: str, peers: PeerServer) -> Iterator[Flask]:
    with redis.Redis.from_url(cache_url) as cache:
        cache.flushdb()  # An answer of the test before could be two seconds young.
    env = settings_env(
        "catalog",
        database_url=make_service_database("catalog").url,
        cache_url=cache_url,
        peers=peers.addresses("identity", "links", "checkout"),
    )
    deps = make_deps(Settings.from_env(env))
    made = app_on(create_app, deps)
    made.test_client_class = PageClient
    write_world(deps)
    yield made
    deps.close()


@pytest.fixture
def deps(app: Flask) -> Deps:
    found: Deps = app.extensions["deps"]
    return found


@pytest.fixture
def buyer(app: Flask, cache_url: str) -> FlaskClient:
    """Give the browser of a buyer that is signed in on the link."""
    link_id = UUID(LINK["link_id"])
    claims = make_claims(
        kind="buyer", maker_id=MAKER, brand_id=BRAND, buyer_id=BUYER_ID, link_id=link_id
    )
    with redis.Redis.from_url(cache_url) as cache:
        token = sign_in(cache, claims, kind="buyer", link_id=link_id)
    client = app.test_client()
    client.set_cookie("b", token)
    return client


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def maker_id() -> UUID:
    return MAKER


@pytest.fixture
def staff(app: Flask, cache_url: str) -> FlaskClient:
    return _staff_of(app, cache_url, brand_id=BRAND)


@pytest.fixture
def stranger(app: Flask, cache_url: str) -> FlaskClient:
    """Give the browser of staff of the same maker's other brand."""
    return _staff_of(app, cache_url, brand_id=UUID(int=5))


@pytest.fixture
def ask(app: Flask) -> Callable[..., dict[str, Any]]:
    """Give a function that asks the question's sample as checkout would, some fields changed."""
    private, _ = make_keys()
    token = TokenMaker(service="checkout", private_key=private["checkout"]).token_for("catalog")

    def asked(question: str, **changed: Any) -> dict[str, Any]:
        response = app.test_client().post(
            f"/internal/v1/{question}",
            json=sample("catalog", question)["request"] | changed,
            headers={"Authorization": f"Bearer {token}"},
        )
        assert response.status_code == 200, response.text
        return dict(response.json or {})

    return asked


@pytest.fixture
def change_catalog(deps: Deps) -> Callable[..., None]:
    return lambda **changed: _change(deps, Catalog, CATALOG, changed)


@pytest.fixture
def change_lookbook(deps: Deps) -> Callable[..., None]:
    return lambda **changed: _change(deps, Lookbook, BOOK, changed)


def _change(deps: Deps, table: Any, row_id: UUID, changed: dict[str, Any]) -> None:
    with deps.database.transaction(MAKER) as session:
        row = session.get_one(table, row_id)
        for name, value in changed.items():
            setattr(row, name, value)


def _staff_of(app: Flask, cache_url: str, *, brand_id: UUID) -> FlaskClient:
    claims = make_claims(maker_id=MAKER, brand_ids=[brand_id], role="admin")
    with redis.Redis.from_url(cache_url) as cache:
        token = sign_in(cache, claims, kind="session")
    client = app.test_client()
    client.set_cookie("s", token)
    return client


def write_world(deps: Deps) -> None:
    """Write one catalog with one product in one SKU: what the samples of the contracts name."""
    with deps.database.transaction() as session:
        remember_brand(session, brand_id=BRAND, maker_id=MAKER, default_language="en")
    own: dict[str, Any] = {"maker_id": MAKER, "brand_id": BRAND}
    with deps.database.transaction(MAKER) as session:
        session.add(
            Tax(id=TAX, names={"ja": "消費税"}, country="JP", percent=Decimal(10),
                is_reduced=False, rounding="down", **own)
        )  # fmt: skip
        session.add(
            Catalog(id=CATALOG, code="SS27", names=NAMES, descriptions={}, status="open",
                    open_at=None, order_deadline_at=None, payment_methods=["outside"],
                    address_shown=True, shipping_rows=[], hero_key=None, **own)
        )  # fmt: skip
        session.add(
            Lookbook(id=BOOK, names={"en": "SS27 Look"}, status="public", keys=["a"], **own)
        )
        session.flush()
        session.add(
            Product(id=PRODUCT, model_number="TEE-001", names={"ja": "オーガニックTシャツ"},
                    descriptions={}, materials={}, category="tops", tax_id=TAX, **own)
        )  # fmt: skip
        session.flush()
        session.add(
            Sku(id=SKU, product_id=PRODUCT, number="TEE-001-WHT-M", colour="WHT",
                colour_names={"ja": "ホワイト"}, colour_hex="#ffffff", size="M", position=0, **own)
        )  # fmt: skip
        session.add(
            Price(
                maker_id=MAKER, product_id=PRODUCT, trade_term_id=TERM, currency="JPY", minor=6800
            )
        )
        session.add(
            CatalogProduct(maker_id=MAKER, catalog_id=CATALOG, product_id=PRODUCT, position=0)
        )
