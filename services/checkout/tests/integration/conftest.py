"""The service over a real database and cache; its peers answer over HTTP from the contracts."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from checkout.app import create_app
from checkout.deps import Deps, make_deps
from checkout.jobs import card_payments, handlers, next_engine_upload
from checkout.settings import Settings
from checkout.store.models import Order
from common.delivery.inbox import handle_event, write_receipts
from common.ids import new_id
from common.money import Money
from common.testing import PeerServer, app_on, make_claims, settings_env, sign_in
from common.testing.peers import sample_answer
from devstack.testing.databases import DatabaseMaker
from twins.clients import NextEngineControl

REGISTERED = (card_payments, handlers, next_engine_upload)
TOKEN = "k3Jx0sYw8mQz1LrT5vBn2A"
WOMEN = "01930000-0000-7000-8000-000000000004"
MEN = "01930000-0000-7000-8000-000000000005"
ATTEMPT = re.compile(r'name="attempt" value="([^"]+)"')
NUMBER = re.compile(r"[A-Z0-9]{2,6}-[0-9]{8}")
AOYAMA = {
    "country": "JP",
    "addressee": "青山 花子",
    "zip": "１０７００６２",
    "state": "東京都",
    "city": "港区",
    "line1": "南青山5-1-1",
    "line2": "",
    "phone": "03-1234-5678",
}


def sku(number: int) -> str:
    return f"01930000-0000-7000-8000-0000000001{number:02d}"


@dataclass
class World:
    """What links, identity and catalog say; tests change it as staff would."""

    link: dict[str, Any] = field(default_factory=lambda: sample_answer("links", "links/resolve"))
    buyer: dict[str, Any] = field(default_factory=lambda: sample_answer("identity", "buyers/read"))
    brand: dict[str, Any] = field(default_factory=lambda: sample_answer("identity", "brands/read"))
    prices: dict[str, int | None] = field(
        default_factory=lambda: {sku(1): 4080, sku(2): 900, sku(3): 12000, sku(4): None}
    )
    reasons: dict[str, str] = field(default_factory=dict)
    """By catalog: why nothing of it can be ordered."""
    line_reasons: dict[str, str] = field(default_factory=dict)
    """By SKU: why that many of it cannot be ordered."""
    commented: set[str] = field(default_factory=lambda: {WOMEN, MEN})
    """The catalogs that ask for a comment."""
    catalog_rows: list[dict[str, Any]] = field(default_factory=list)
    catalog_settings: dict[str, Any] = field(default_factory=dict)
    """A catalog's own payment methods and address setting (R88)."""
    retried: list[tuple[str, str]] = field(default_factory=list)

    @property
    def maker_id(self) -> UUID:
        return UUID(self.link["maker_id"])

    @property
    def brand_id(self) -> UUID:
        return UUID(self.link["brand_id"])

    @property
    def link_id(self) -> UUID:
        return UUID(self.link["link_id"])

    def customer(self) -> dict[str, Any]:
        """Return the answer of buyers/read, with the brand as it is now."""
        told = self.buyer["brand"]
        return self.buyer | {"brand": {name: self.brand[name] for name in told}}

    def price(self, asked: dict[str, Any]) -> dict[str, Any]:
        by_catalog: dict[str, list[dict[str, Any]]] = {}
        for line in asked["lines"]:
            by_catalog.setdefault(line["catalog_id"], []).append(line)
        currency = asked["terms"]["currency"]
        return {
            "currency": currency,
            "catalogs": [self._priced(c, lines, currency) for c, lines in by_catalog.items()],
        }

    def _priced(self, catalog: str, wishes: list[Any], currency: str) -> dict[str, Any]:
        template = sample_answer("catalog", "prices/read")["catalogs"][0]
        reason = self.reasons.get(catalog)
        # A minimum amount speaks against ordering, not against a line.
        against = None if reason == "below_minimum_amount" else reason
        lines = [self._line(template["lines"][0], catalog, w, currency, against) for w in wishes]
        goods = Money.total(
            (Money.of_json(line["amount"]) for line in lines if line["amount"]), currency
        )
        tax = template["taxes"][0] | {
            "base": goods.as_json(),
            "amount": Money(goods.minor // 10, currency).as_json(),
        }
        return {
            "catalog_id": catalog,
            "catalog_name": "Women" if catalog == WOMEN else "Men",
            "is_visible": True,
            "is_orderable": reason is None,
            "reason": reason,
            "lines": lines,
            "goods": goods.as_json(),
            "taxes": [tax] if currency == "JPY" else [],
            "has_comment_box": catalog in self.commented,
            "shipping_rows": self.catalog_rows,
        }

    def _line(
        self, line: Any, catalog: str, wish: Any, currency: str, reason: str | None
    ) -> dict[str, Any]:
        unit = self.prices.get(wish["sku_id"])
        known = wish["sku_id"] in self.prices
        why = reason or self.line_reasons.get(wish["sku_id"])
        why = why or (None if unit else "no_price" if known else "not_in_catalog")
        price = Money(unit, currency) if unit else None
        return line | {
            "catalog_id": catalog,
            "sku_id": wish["sku_id"],
            "sku_number": f"TEE-{wish['sku_id'][-2:]}",
            "quantity": wish["quantity"],
            "list_price": price.as_json() if price else None,
            "unit_price": price.as_json() if price else None,
            "amount": (price * wish["quantity"]).as_json() if price else None,
            "is_orderable": why is None,
            "reason": why,
        }

    def catalogs(self, asked: dict[str, Any]) -> dict[str, Any]:
        [template] = sample_answer("catalog", "catalogs/read")["catalogs"]
        changed = self.catalog_settings
        return {"catalogs": [template | changed | {"catalog_id": c} for c in asked["catalog_ids"]]}


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def peers(world: World) -> Iterator[PeerServer]:
    server = PeerServer()

    def note(kind: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
        def answer(asked: dict[str, Any]) -> dict[str, Any]:
            world.retried.append((kind, next(iter(asked.values()))))
            return {"state": "pending", "outcome": "moved"}

        return answer

    server.answers = {
        ("links", "links/resolve"): lambda _asked: world.link,
        ("identity", "buyers/read"): lambda _asked: world.customer(),
        ("identity", "brands/read"): lambda asked: world.brand | {"brand_id": asked["brand_id"]},
        ("catalog", "prices/read"): world.price,
        ("catalog", "catalogs/read"): world.catalogs,
        ("identity", "transitions/retry"): note("transition"),
        ("notifications", "messages/retry"): note("mail"),
    }
    yield server
    server.close()


@pytest.fixture
def more_settings() -> dict[str, str]:
    """Give what a folder of tests tells the service besides."""
    return {}


@pytest.fixture
def database_url(make_service_database: DatabaseMaker, request: pytest.FixtureRequest) -> str:
    """Give a database without rows; for a test that counts blocks, one without dead rows too."""
    if request.node.get_closest_marker("counts_blocks"):
        return make_service_database("checkout").url
    return make_service_database.emptied("checkout").url


@pytest.fixture
def env(
    database_url: str,
    cache_url: str,
    peers: PeerServer,
    more_settings: dict[str, str],
) -> dict[str, str]:
    return settings_env(
        "checkout",
        database_url=database_url,
        cache_url=cache_url,
        peers=peers.addresses("links", "identity", "catalog", "notifications"),
        NEXT_ENGINE_API_URL="http://127.0.0.1:9/next-engine",
        NEXT_ENGINE_LOGIN_URL="http://127.0.0.1:9/next-engine",
        NEXT_ENGINE_CLIENT_ID="id",
        NEXT_ENGINE_CLIENT_SECRET="secret",
        TOKEN_ENCRYPTION_KEY=Fernet.generate_key().decode(),
        NEXT_ENGINE_DOUBT_SECONDS="0",
        **more_settings,
    )


@pytest.fixture
def deps(env: dict[str, str]) -> Iterator[Deps]:
    made = make_deps(Settings.from_env(env))
    made.cache.flushdb()
    yield made
    made.close()


@pytest.fixture
def app(deps: Deps) -> Flask:
    return app_on(create_app, deps, TESTING=True, WTF_CSRF_METHODS=[])


@pytest.fixture
def session(deps: Deps, world: World) -> Iterator[Session]:
    with deps.database.transaction(world.maker_id) as session:
        yield session


class Shopper:
    """A buyer's browser on the link."""

    cart = f"/cart/{TOKEN}"
    checkout = f"/checkout/{TOKEN}"

    def __init__(self, app: Flask, deps: Deps, world: World, **claims: Any) -> None:
        self.client: FlaskClient = app.test_client()
        self._cache = deps.cache
        given = {
            "kind": "buyer",
            "maker_id": world.maker_id,
            "brand_ids": [world.brand_id],
            "link_id": world.link_id,
            "brand_id": world.brand_id,
            "buyer_id": world.buyer["buyer_id"],
            "method": "offline_login",
            "display_name": world.buyer["name"],
        }
        token = sign_in(
            deps.cache, make_claims(**(given | claims)), kind="buyer", link_id=world.link_id
        )
        self.client.set_cookie("b", token)

    def forget_answers(self) -> None:
        """Let two seconds pass for the kept answers of peers."""
        for key in self._cache.scan_iter("answer:*"):
            self._cache.delete(key)

    def put(self, sku_id: str, quantity: Any, *, catalog: str = WOMEN, **wishes: Any) -> Any:
        self.forget_answers()
        body = {"catalog_id": catalog, "sku_id": sku_id, "quantity": quantity} | wishes
        return self.client.put(
            f"{self.cart}/lines", json=body, headers={"Accept": "application/json"}
        )

    def lines(self) -> Any:
        headers = {"Accept": "application/json"}
        return self.client.get(f"{self.cart}/lines", headers=headers).get_json()

    def open_checkout(self) -> str:
        self.forget_answers()
        reply = self.client.get(self.checkout)
        assert reply.status_code == 200, reply.text[:2000]
        return reply.text

    def form(self, page: str | None = None, **changed: Any) -> dict[str, Any]:
        """Return the form of the checkout page, filled."""
        found = ATTEMPT.search(page or self.open_checkout())
        assert found, page
        filled = AOYAMA | {"payment_method": "outside", "comment": "", "po_number": ""}
        return filled | {"attempt": found.group(1)} | changed

    def send(self, form: dict[str, Any]) -> Any:
        return self.client.post(self.checkout, data=form)

    def order(self, **changed: Any) -> Any:
        return self.send(self.form(**changed))


MakeShopper = Callable[..., Shopper]


@pytest.fixture
def make_shopper(app: Flask, deps: Deps, world: World) -> MakeShopper:
    return lambda **claims: Shopper(app, deps, world, **claims)


@pytest.fixture
def shopper(make_shopper: MakeShopper) -> Shopper:
    return make_shopper()


@pytest.fixture
def staff(app: Flask, deps: Deps, world: World) -> FlaskClient:
    return staff_client(app, deps, world)


def staff_client(app: Flask, deps: Deps, world: World, **claims: Any) -> FlaskClient:
    given = {"maker_id": world.maker_id, "brand_ids": [world.brand_id], "role": "owner"}
    client = app.test_client()
    client.set_cookie("s", sign_in(deps.cache, make_claims(**(given | claims)), kind="session"))
    return client


@pytest.fixture
def placed(shopper: Shopper, deps: Deps, world: World) -> Callable[..., list[Order]]:
    """Give a function that orders from both catalogs and returns the orders."""

    def order(**changed: Any) -> list[Order]:
        assert shopper.put(sku(1), 3).status_code == 200
        assert shopper.put(sku(3), 2, catalog=MEN).status_code == 200
        reply = shopper.order(**changed)
        assert reply.status_code == 303, reply.text[:3000]
        with deps.database.transaction(world.maker_id) as session:
            return list(session.scalars(select(Order).order_by(Order.order_number)))

    return order


@pytest.fixture(scope="session")
def twin() -> Iterator[str]:
    """Give the API base of a twin in a process of its own."""
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        ports = [str(each.getsockname()[1]) for each in (one, two)]
    env = os.environ | {
        "TWINS_HTTP_PORT": ports[0],
        "TWINS_SMTP_PORT": ports[1],
        "ORDERLINK_ENV": "test",
    }
    process = subprocess.Popen([sys.executable, "-m", "twins"], env=env)
    base = f"http://127.0.0.1:{ports[0]}/next-engine"
    for _ in range(150):
        try:
            httpx.get(base, trust_env=False)
            break
        except httpx.HTTPError:
            time.sleep(0.1)
    yield base
    process.terminate()
    process.wait()


@pytest.fixture
def control(twin: str) -> Iterator[NextEngineControl]:
    with NextEngineControl(twin) as control:
        control.reset()
        control.clear_faults()
        control.turn(import_mode="manual")
        yield control


def events_of(deps: Deps, name: str) -> list[dict[str, Any]]:
    """Return the envelopes that were published under that name, oldest first."""
    query = text("select envelope from outbox_event where name = :name order by created_at, id")
    with deps.database.transaction() as session:
        return [dict(row) for row in session.scalars(query, {"name": name})]


def arrive(deps: Deps, name: str, *, seq: int = 1, **changed: Any) -> None:
    """Let the sample of an event arrive, with these changes to its payload."""
    wire = json.loads(Path(f"docs/events/{name}.json").read_text())
    wire["id"], wire["aggregate"]["seq"] = str(new_id()), seq
    wire["payload"] |= changed
    deliver(deps, wire)


def deliver(deps: Deps, wire: dict[str, Any]) -> None:
    """Handle an envelope as it came."""
    for event_id in write_receipts(deps.database, [wire]):
        handle_event(deps.database, event_id, at_once=True)
