"""What the people of a load run do, and how many of each there are."""

import random
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.load.crowd import Buyers
from bench.load.stopwatch import Stopwatch
from devstack.demo import buyer as buyers
from devstack.demo.browser import Browser
from devstack.demo.form import text_of, values_of
from devstack.demo.main_job import ADDRESS
from devstack.world import cast

PASTED = 12
THINKING = (0.2, 1.0)


class Shopper:
    """One visitor of the open link, in a browser of its own."""

    def __init__(
        self, world: Mapping[str, Any], crowd: Buyers, watch: Stopwatch, dice: random.Random
    ) -> None:
        link = world["links"]["open"]
        self.url, self.token = link["url"], link["token"]
        self.crowd, self.watch, self.dice = crowd, watch, dice
        self.gateway = world["gateway"]
        self.browser = Browser(self.gateway, transport=watch)

    def sign_in(self, way: buyers.SignIn) -> None:
        with self.watch.step("sign in"):
            buyers.sign_in_buyer(self.browser, url=self.url, way=way)

    def browse(self) -> dict[str, list[buyers.Cell]]:
        """See every catalog; return its cells."""
        with self.watch.step("shop"):
            self.browser.open(f"/shop/{self.token}")
        with self.watch.step("grid"):
            return buyers.see_catalogs(self.browser, self.token)

    def fill(self, grids: Mapping[str, list[buyers.Cell]], *, cells: int, step: str) -> None:
        """Fill some cells of each catalog."""
        with self.watch.step(step):
            for path, found in grids.items():
                self.browser.open(path)
                for cell in found[:cells]:
                    buyers.fill_cell(self.browser, self.token, cell, self.dice.randint(1, 5))

    def see_checkout(self) -> dict[str, str]:
        """Read the checkout; return what its form would send."""
        with self.watch.step("checkout page"):
            form = self.browser.open(f"/checkout/{self.token}").form("Place order")
        for label, value in ADDRESS["JP"].items():
            form.fill(label, value)
        tags = self.browser.page.select("#checkout input, #checkout select, #checkout textarea")
        return dict(pair for tag in tags for pair in values_of(tag))

    def place(self, fields: Mapping[str, str], *, clicks: int = 1) -> None:
        """Send the form, several times at once if asked; all must show the same receipt."""
        at, cookies = self.browser.address, self.browser.cookies

        def click(_: int) -> tuple[str, ...]:
            with self.watch.step("place"):
                hand = Browser(self.gateway, transport=self.watch, cookies=cookies)
                hand.reply = self.browser.reply
                hand.send("post", at, list(fields.items()), 200)
            return tuple(text_of(tag) for tag in hand.page.select("[data-order-number]"))

        with ThreadPoolExecutor(clicks) as fingers:
            seen = set(fingers.map(click, range(clicks)))
        [receipt] = seen
        assert receipt, "no order number"
        self.crowd.keep(receipt)

    def think(self) -> None:
        time.sleep(self.dice.uniform(*THINKING))

    def close(self) -> None:
        self.browser.close()


def order(shopper: Shopper, way: buyers.SignIn, *, cells: int = 2, clicks: int = 1) -> None:
    shopper.sign_in(way)
    grids = shopper.browse()
    shopper.think()
    shopper.fill(grids, cells=cells, step="cell" if cells < PASTED else "paste")
    fields = shopper.see_checkout()
    shopper.think()
    shopper.place(fields, clicks=clicks)


def offline(buyer: cast.Buyer) -> buyers.SignIn:
    return buyers.SignIn("offline_login", str(buyer.login_email), cast.PASSWORD)


def order_by_offline_login(shopper: Shopper) -> None:
    order(shopper, offline(shopper.crowd.make()))


def order_by_brand_credentials(shopper: Shopper) -> None:
    buyer = shopper.crowd.make()
    order(shopper, buyers.SignIn("brand_credentials", buyer.unique_code, str(buyer.passcode)))


def order_by_user_account(shopper: Shopper) -> None:
    with shopper.crowd.one_user:
        user = buyers.SignIn("user_account", cast.KENJI.email, cast.PASSWORD, buyer=cast.GINZA.name)
        order(shopper, user)


def browse_only(shopper: Shopper) -> None:
    shopper.sign_in(offline(shopper.crowd.make()))
    for _ in range(2):
        shopper.browse()
        shopper.think()


def paste_a_block(shopper: Shopper) -> None:
    order(shopper, offline(shopper.crowd.make()), cells=PASTED)


def double_click(shopper: Shopper) -> None:
    order(shopper, offline(shopper.crowd.make()), clicks=2)


def scan(shopper: Shopper) -> None:
    """Open the link as a mail scanner does: it is shown the gate and changes nothing."""
    with shopper.watch.step("scanner"):
        for _ in range(5):
            shopper.browser.open(shopper.url)
    shopper.think()


ROLES: Mapping[Callable[[Shopper], None], int] = {
    order_by_offline_login: 3,
    order_by_brand_credentials: 2,
    order_by_user_account: 1,
    browse_only: 3,
    paste_a_block: 1,
    double_click: 1,
    scan: 2,
}
"""How often each is drawn."""
