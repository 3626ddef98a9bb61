"""Placing an order of ten lines, against a bare transaction that inserts the same rows.

All services run, PostgreSQL waits for its disk (fsync), and each way has the same number of
clients. A client is a thread with a buyer of its own; what is timed is the confirm request alone,
which the client has made ready before: its own processor time is nobody's waiting.
"""

import http.client
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from tests.conftest import new_buyer

from bench.figure import Figure
from bench.meter import Meter
from common.db import Database
from common.ids import new_id
from devstack.demo.browser import Browser
from devstack.demo.buyer import SignIn, see_catalogs, sign_in_buyer
from devstack.demo.form import values_of
from devstack.demo.main_job import ADDRESS
from devstack.testing.stack import RunningStack, running_stack
from devstack.world import cast
from devstack.world.identity import add_buyer
from identity.gateways.passwords import Passwords

CLIENTS, ROUNDS, BARE_TIMES, LINES = 4, 20, 40, 10
WARM_ROUNDS = 8
"""Before any is counted: a connection prepares a statement at its sixth use, and a service has several."""
DURABLE = ("--mode", "test", "--ports", "23500-23899")
LINK = "open"
NEWEST = "with newest as (select * from public.orders order by id desc limit 1) "
WRITTEN = {
    "checkout_attempts": "id = (select checkout_attempt_id from newest)",
    "orders": "id = (select id from newest)",
    "order_lines": "order_id = (select id from newest)",
    "outbox_event": "id = (select completed_event_id from newest)",
    "outbox_delivery": "event_id = (select completed_event_id from newest)",
}
"""What placing leaves behind, in the order in which it is written, and which rows are an order's."""
Send = Callable[[], None]


def measure(folder: Path) -> list[Figure]:
    with running_stack(folder / "placing", options=DURABLE) as stack:
        buyers = [new_buyer(number) for number in range(1, CLIENTS + 1)]
        add(stack, buyers)
        clients = [Client(stack.world, buyer) for buyer in buyers]
        cold, *_rest = [send_all([c.prepare() for c in clients]) for _ in range(WARM_ROUNDS)]
        meter = Meter(stack)
        with bare_writers(stack) as writers:
            placed, bare = rates(clients, writers, meter)
        spent = sum(meter.total.values()) / (CLIENTS * ROUNDS)
    return [
        Figure("a buyer's wait for placing, first after a start", max(cold), "s", 3.0),
        Figure("a buyer's wait for placing ten lines, four at once", CLIENTS / placed, "s", 1.0),
        Figure("a bare transaction's rate / placing ten lines", bare * BARE_TIMES / placed, "×", 10.0),
        Figure("processor for placing ten lines, all processes meanwhile", spent, "s", 0.1),
    ]  # fmt: skip


def rates(
    clients: Sequence["Client"], writers: Sequence[Send], meter: Meter
) -> tuple[float, float]:
    """Return how many placings, and how many bare writings, end per second; preparing is free.

    They take turns, so that a slow minute of the machine is one for both. A client sends the next
    as soon as the one before has ended: it is the number of clients over one sending's seconds.
    """
    placed: list[float] = []
    bare: list[float] = []
    for _ in range(ROUNDS):
        ready = [client.prepare() for client in clients]
        bare += send_all(writers)
        placed += meter.adding(lambda ready=ready: send_all(ready))
    return CLIENTS * len(placed) / sum(placed), CLIENTS * len(bare) / sum(bare)


def send_all(sends: Sequence[Send]) -> list[float]:
    """Let each client send at once; return the seconds of each."""
    with ThreadPoolExecutor(CLIENTS) as hands:
        return list(hands.map(seconds_of, sends))


def seconds_of(send: Send) -> float:
    began = time.perf_counter()
    send()
    return time.perf_counter() - began


class Client:
    """A buyer's browser, signed in on the link."""

    def __init__(self, world: Mapping[str, Any], buyer: cast.Buyer) -> None:
        link = world["links"][LINK]
        self.token = link["token"]
        self.browser = Browser(world["gateway"])
        way = SignIn("offline_login", str(buyer.login_email), cast.PASSWORD)
        sign_in_buyer(self.browser, url=link["url"], way=way)
        self.path, self.cells = max(
            see_catalogs(self.browser, self.token).items(), key=lambda each: len(each[1])
        )
        assert len(self.cells) >= LINES, f"{len(self.cells)} cells"
        self.http = httpx.Client(
            base_url=world["gateway"], cookies=self.browser.cookies, timeout=30
        )
        gate = urlsplit(world["gateway"])
        self.line = http.client.HTTPConnection(str(gate.hostname), gate.port, timeout=30)

    def prepare(self) -> Send:
        """Fill ten cells, read the checkout; return what confirms it."""
        self.browser.open(self.path)
        for cell in self.cells[:LINES]:
            line = {"catalog_id": cell.catalog_id, "sku_id": cell.sku_id, "quantity": 3}
            assert self.browser.put_json(f"/cart/{self.token}/lines", line).status_code == 200
        form = self.browser.open(f"/checkout/{self.token}").form("Place order")
        for label, value in ADDRESS["JP"].items():
            form.fill(label, value)
        page = self.browser.page
        tags = page.select("#checkout input, #checkout select, #checkout textarea")
        fields = dict(pair for tag in tags for pair in values_of(tag))
        body = urlencode(fields).encode()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={said}" for name, said in self.browser.cookies.items()),
            "Sec-Fetch-Site": "same-origin",
            "Referer": self.browser.address,
        }

        def confirm() -> None:
            self.line.request("POST", f"/checkout/{self.token}", body, headers)
            reply = self.line.getresponse()
            words = reply.read()
            assert reply.status == 303, f"{reply.status} {words[:500]!r}"

        return confirm


def add(stack: RunningStack, buyers: Sequence[cast.Buyer]) -> None:
    database = Database(stack.environment("identity")["DATABASE_URL"])
    with database.transaction(cast.MAKER_ID) as session:
        for buyer in buyers:
            add_buyer(session, buyer, Passwords())
    database.close()


@contextmanager
def bare_writers(stack: RunningStack) -> Iterator[list[Send]]:
    """Give what writes the newest order's rows again and again, in transactions of their own.

    The copies of the tables have all columns, defaults, checks and indexes.
    """
    url = stack.environment("checkout")["OWNER_DATABASE_URL"].replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as owner:
        owner.execute("select set_config('app.tenant', %s, false)", [str(cast.MAKER_ID)])
        rows = {
            name: owner.execute(f"{NEWEST} select * from public.{name} where {which}").fetchall()  # noqa: S608
            for name, which in WRITTEN.items()
        }
        assert len(rows["order_lines"]) == LINES
        owner.execute("create schema bare")
        for name in WRITTEN:
            owner.execute(f"create table bare.{name} (like public.{name} including all)")
    connections = [psycopg.connect(url) for _ in range(CLIENTS)]
    yield [writer(connection, rows) for connection in connections]
    for connection in connections:
        connection.close()


def writer(connection: psycopg.Connection, rows: Mapping[str, Sequence[dict[str, Any]]]) -> Send:
    def write() -> None:
        for _ in range(BARE_TIMES):
            with connection.transaction():
                own = {"order_number": new_id().hex, "order_id": new_id(), "event_id": new_id()}
                own |= {"checkout_attempt_id": new_id()}
                for name, copies in rows.items():
                    insert(connection, name, [fresh(name, row, own) for row in copies])

    return write


def fresh(name: str, row: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    ids = {
        "checkout_attempts": own["checkout_attempt_id"],
        "orders": own["order_id"],
        "outbox_event": own["event_id"],
    }
    new = {key: value for key, value in own.items() if key in row}
    new |= {"id": ids[name]} if "id" in row else {}
    new |= {"aggregate_id": own["order_id"]} if "aggregate_id" in row else {}
    return {
        key: Jsonb(value) if isinstance(value, dict | list) else value
        for key, value in (row | new).items()
    }


def insert(connection: psycopg.Connection, name: str, rows: Sequence[dict[str, Any]]) -> None:
    columns = list(rows[0])
    places = ", ".join(f"%({column})s" for column in columns)
    statement = f"insert into bare.{name} ({', '.join(columns)}) values ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)
