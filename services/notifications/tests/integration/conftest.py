"""A database of notifications, the twins' inbox, and the events that fill them."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from common.delivery.events import Envelope
from common.delivery.inbox import handle_event, write_receipts
from common.ids import new_id
from common.testing import PeerServer, settings_env
from devstack.testing.databases import DatabaseMaker
from notifications.deps import Deps, make_deps
from notifications.jobs import orders, payments, public_events, requests, sending, uploads, webhooks
from notifications.settings import Settings
from notifications.store.models import Recipient
from twins.clients import MailControl

HANDLERS = (orders, payments, public_events, requests, sending, uploads, webhooks)
MAKER = UUID("01930000-0000-7000-8000-000000000001")
BRAND = UUID("01930000-0000-7000-8000-000000000002")
Deliver = Callable[..., Envelope]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def twins() -> Iterator[tuple[str, str]]:
    """Give (mail control base, SMTP URL) of the twins in a process of their own."""
    http, smtp = free_port(), free_port()
    env = os.environ | {
        "TWINS_HTTP_PORT": str(http),
        "TWINS_SMTP_PORT": str(smtp),
        "ORDERLINK_ENV": "test",
    }
    process = subprocess.Popen([sys.executable, "-m", "twins"], env=env)
    base = f"http://127.0.0.1:{http}"
    for _ in range(100):
        try:
            httpx.get(base)
            break
        except httpx.HTTPError:
            time.sleep(0.1)
    yield f"{base}/mail", f"smtp://127.0.0.1:{smtp}"
    process.terminate()
    process.wait()


@pytest.fixture
def inbox(twins: tuple[str, str]) -> Iterator[MailControl]:
    with MailControl(twins[0]) as control:
        control.reset()
        control.clear_faults()
        yield control


@pytest.fixture
def peers() -> Iterator[PeerServer]:
    server = PeerServer()
    yield server
    server.close()


@pytest.fixture
def deps(
    make_service_database: DatabaseMaker,
    cache_url: str,
    twins: tuple[str, str],
    peers: PeerServer,
) -> Iterator[Deps]:
    env = settings_env(
        "notifications",
        database_url=make_service_database("notifications").url,
        cache_url=cache_url,
        peers=peers.addresses("identity"),
        SMTP_URL=twins[1],
        MAIL_FROM="Orderlink <orders@orderlink.example>",
        WEBHOOK_ALLOW_LOOPBACK="1",
    )
    made = make_deps(Settings.from_env(env))
    with made.database.transaction(MAKER) as session:
        session.add(
            Recipient(maker_id=MAKER, brand_id=BRAND, email="staff@nord.example", language="en")
        )
        session.add(
            Recipient(maker_id=MAKER, brand_id=None, email="maker@nord.example", language="ja")
        )
    yield made
    made.close()


@pytest.fixture
def deliver(deps: Deps) -> Deliver:
    """Give a function: an event's sample, with changes to its payload, arrives and is handled."""

    def arrive(name: str, *, frame: Any = None, **changed: Any) -> Envelope:
        wire = json.loads(Path(f"docs/events/{name}.json").read_text())
        wire |= {"id": str(new_id()), **(frame or {})}
        wire["payload"] |= changed
        [event_id] = write_receipts(deps.database, [wire])
        handle_event(deps.database, event_id, at_once=True)
        return Envelope.of_json(wire)

    return arrive
