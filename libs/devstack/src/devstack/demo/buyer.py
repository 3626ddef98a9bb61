"""What a buyer does in its browser: sign in by one of three ways, fill the grid, order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from common import places
from devstack.demo.browser import Browser
from devstack.demo.form import Unexpected, text_of


@dataclass(frozen=True)
class SignIn:
    """One of the three ways into a link."""

    method: str
    name: str
    """The e-mail, or the unique code."""
    secret: str
    buyer: str | None = None
    """Which buyer a user orders as."""


BUTTONS = {
    "user_account": "Login with User Account",
    "offline_login": "Login with Offline Buyer",
    "brand_credentials": "Login with Brand-Specific Credentials",
}


@dataclass(frozen=True)
class Cell:
    """One cell of a size × colour grid."""

    catalog_id: str
    sku_id: str


def sign_in_buyer(browser: Browser, *, url: str, way: SignIn) -> None:
    """Open the link and arrive at the storefront."""
    form = browser.open(url).form(BUTTONS[way.method])
    if way.method == "brand_credentials":
        form.fill("Unique code", way.name).fill("Passcode", way.secret).press()
    else:
        form.fill("Email", way.name).fill("Password", way.secret).press()
    if way.method == "user_account":
        browser.form("Continue").check(str(way.buyer)).press()
    if "/shop/" not in browser.address:
        raise Unexpected(f"Not in the shop but on {browser.address}. {browser.gist}")


def see_catalogs(browser: Browser, token: str) -> dict[str, list[Cell]]:
    """Open every catalog of the link, or of a buyer's brand; return its cells by its address."""
    browser.open(shop_way := places.way("shop", token))
    prefix = f"{shop_way}/catalogs/"
    links = browser.page.select(f'a[href^="{prefix}"]')
    return {path: see_grid(browser, path) for path in dict.fromkeys(str(a["href"]) for a in links)}


def see_grid(browser: Browser, path: str) -> list[Cell]:
    """Return the cells of a catalog page, one per SKU that can be ordered."""
    browser.open(path)
    inputs = browser.page.select("input[data-sku]:not([disabled])")
    return [Cell(str(i["data-catalog"]), str(i["data-sku"])) for i in inputs]


def fill_cell(browser: Browser, token: str, cell: Cell, quantity: int) -> dict[str, Any]:
    """Leave a cell with that quantity, as the grid's script saves it."""
    body = {"catalog_id": cell.catalog_id, "sku_id": cell.sku_id, "quantity": quantity}
    reply = browser.put_json(f"{places.way('cart', token)}/lines", body)
    if reply.status_code != 200:
        raise Unexpected(f"The cell was not saved: {reply.status_code} {reply.text[:300]}")
    return dict(reply.json())


@dataclass(frozen=True)
class Receipt:
    """What the buyer sees after ordering."""

    address: str
    order_numbers: tuple[str, ...]
    totals: tuple[str, ...]


def check_out(
    browser: Browser, token: str, *, address: Mapping[str, str], cart_total: str | None = None
) -> Receipt:
    """Give the address, confirm, and read the receipt."""
    browser.open(places.way("checkout", token))
    if cart_total:
        browser.expect(cart_total)
    shown = amounts(browser)
    form = browser.form("Place order")
    for label, value in address.items():
        form.fill(label, value)
    form.press()
    return read_receipt(browser, shown)


def read_receipt(browser: Browser, shown: tuple[str, ...]) -> Receipt:
    """Return the receipt that is open. Raises Unexpected if its totals differ from `shown`."""
    numbers = tuple(text_of(t) for t in browser.page.select("[data-order-number]"))
    if not numbers:
        raise Unexpected(f"No order number on {browser.address}. {browser.gist}")
    totals = amounts(browser)
    if shown and totals != shown:
        raise Unexpected(f"The receipt says {totals}, the checkout said {shown}.")
    return Receipt(address=browser.address, order_numbers=numbers, totals=totals)


def amounts(browser: Browser) -> tuple[str, ...]:
    """Return the total of each order and of all, as shown (`data-total`)."""
    return tuple(text_of(tag) for tag in browser.page.select("[data-total]"))
