"""Placing while the connection to PostgreSQL dies around COMMIT: the repeat finds out (K14, F24)."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import Any, Literal

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.engine import make_url

from checkout.deps import Deps
from checkout.store.models import CheckoutAttempt, Order
from common.db import Database

from .conftest import MEN, Shopper, World, events_of, sku

COMPLETED = "checkout.order_completed.v1"
Moment = Literal["before", "after"]


class Cutter:
    """Stands between a service and PostgreSQL and cuts one connection at one COMMIT.

    `before`: PostgreSQL never hears of it. `after`: it has committed and its answer is lost.
    """

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self.cut_at: int | None = None
        """Which COMMIT from now on, beginning with 1."""
        self.moment: Moment = "before"
        self.cuts = 0
        threading.Thread(target=self._open, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _open(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                server = socket.create_connection(self._server)
                lost = threading.Event()
                for pipe in (self._ask, self._answer):
                    threading.Thread(target=pipe, args=(client, server, lost), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while words := client.recv(65536):
                if b"COMMIT" in words and self._is_its_turn():
                    lost.set()
                    if self.moment == "after":
                        server.sendall(words)
                        continue
                    break
                server.sendall(words)
        _end(client, server)

    def _answer(self, client: socket.socket, server: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while words := server.recv(65536):
                if lost.is_set():
                    break
                client.sendall(words)
        _end(client, server)

    def _is_its_turn(self) -> bool:
        if self.cut_at is None:
            return False
        self.cut_at -= 1
        if self.cut_at:
            return False
        self.cut_at = None
        self.cuts += 1
        return True


def _end(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@pytest.fixture
def cutter(
    app: Flask, deps: Deps, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Cutter]:
    """Let the service reach its database through a cutter; tests look past it."""
    monkeypatch.setattr("checkout.web.placing.PATIENCE_SECONDS", 0.3)
    url = make_url(env["DATABASE_URL"])
    cutter = Cutter(str(url.host), int(url.port or 5432))
    through = url.set(host="127.0.0.1", port=cutter.port).render_as_string(hide_password=False)
    database = Database(through)
    app.extensions["deps"] = replace(deps, database=database)
    yield cutter
    database.close()
    cutter.close()


@pytest.mark.rule("R180")
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_connection_lost_around_any_commit_of_placing_places_once(
    shopper: Shopper, deps: Deps, world: World, cutter: Cutter, moment: Moment
) -> None:
    cutter.moment = moment
    placed = 0
    for commit in count(1):
        shopper.put(sku(1), 3)
        shopper.put(sku(3), 2, catalog=MEN)
        form = shopper.form()
        cutter.cut_at = commit
        cuts, reply = cutter.cuts, shopper.send(form)
        cutter.cut_at = None
        if cutter.cuts == cuts:
            assert reply.status_code == 303
            break
        assert answered(reply) in (303, 503), reply.text[:500]
        again = until_placed(shopper, form, deps, world)
        placed += 2
        assert again.status_code == 303, f"commit {commit}: {again.status_code} {again.text[:800]}"
        assert orders(deps, world) == placed
        assert len(events_of(deps, COMPLETED)) == placed
    assert placed >= 4, "placing has at least two transactions to cut"


def orders(deps: Deps, world: World) -> int:
    with deps.database.transaction(world.maker_id) as session:
        return session.scalar(select(func.count()).select_from(Order)) or 0


def answered(reply: Any) -> int:
    return int(reply.status_code)


def until_placed(shopper: Shopper, form: dict[str, Any], deps: Deps, world: World) -> Any:
    """Send the same form until it is placed; the lease of a request that died is let run out."""
    for _ in range(4):
        reply = shopper.send(form)
        if reply.status_code != 409:
            return reply
        with deps.database.transaction(world.maker_id) as session:
            session.execute(update(CheckoutAttempt).values(lease_until=func.now()))
    return reply
