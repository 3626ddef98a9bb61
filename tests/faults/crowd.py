"""Buyers who order while things break: each signs in, fills cells and orders once."""

import threading
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from devstack.demo.browser import Browser
from devstack.demo.buyer import SignIn
from devstack.demo.form import Unexpected
from devstack.demo.main_job import Play, order_through
from devstack.demo.staff import MadeLink
from devstack.world import cast

CATALOGS = tuple(dict(catalog.names)["en"] for catalog in cast.CATALOGS)


class Crowd:
    """Two clients that order with one new buyer after the other until told to stop."""

    def __init__(
        self,
        world: Mapping[str, Any],
        make_buyer: Callable[[], cast.Buyer],
        *,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._transport = transport
        link = world["links"]["open"]
        self._world = world
        self._link = MadeLink(name="open", url=link["url"])
        self._make_buyer = make_buyer
        self._is_over = threading.Event()
        self._clients = [threading.Thread(target=self._order_on) for _ in range(2)]
        self.receipts: list[tuple[str, ...]] = []
        self.failures: list[str] = []

    def start(self) -> None:
        for client in self._clients:
            client.start()

    def stop(self) -> None:
        self._is_over.set()
        for client in self._clients:
            client.join()

    def order_once(self) -> None:
        """Order with a new buyer; keep the order numbers, or what went wrong."""
        buyer = self._make_buyer()
        play = Play(
            way=SignIn("offline_login", str(buyer.login_email), cast.PASSWORD),
            transition=True,
            link_name="",
            catalogs=CATALOGS,
        )
        browser = Browser(self._world["gateway"], transport=self._transport)
        try:
            receipt = order_through(browser, self._link, play, _say_nothing)
            self.receipts.append(receipt.order_numbers)
        except (Unexpected, httpx.HTTPError) as wrong:
            self.failures.append(f"{type(wrong).__name__}: {wrong}"[:500])
        finally:
            browser.close()

    def _order_on(self) -> None:
        while not self._is_over.is_set():
            self.order_once()
            self._is_over.wait(1.0)


def _say_nothing(words: str) -> None:
    """A crowd is many; nobody reads what each one does."""
