"""What brand staff does in its browser."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import Tag

from devstack.demo.browser import Browser
from devstack.demo.form import Unexpected, text_of


@dataclass(frozen=True)
class MadeLink:
    """A link as staff sees it in the list: the address that "Copy this link" yields."""

    name: str
    url: str

    @property
    def token(self) -> str:
        return urlsplit(self.url).path.rsplit("/", 1)[1]


def sign_in_staff(browser: Browser, *, email: str, password: str) -> None:
    """Sign in on the staff's own page and arrive at the links."""
    form = browser.open("/signin").form("Sign in")
    form.fill("Email", email).fill("Password", password).press()
    browser.expect("Link Management")


def create_link(
    browser: Browser, *, name: str, catalogs: tuple[str, ...], transition: bool
) -> MadeLink:
    """Links → Customer Order Links → Create a New Link; return it as the list shows it."""
    form = browser.open("/links").follow("Create a New Link").form("Create")
    form.fill("Link Name", name)
    for catalog in catalogs:
        form.check(catalog)
    form.check("Transition offline buyers", on=transition)
    form.check("Pay outside the app")
    form.press()
    return find_link(browser, name)


def find_link(browser: Browser, name: str) -> MadeLink:
    """Return the link of that name from Link Management."""
    browser.open("/links").expect(name)
    for button in browser.page.select("[data-copy]"):
        row = button.find_parent(["tr", "li", "article"])
        if isinstance(row, Tag) and name in text_of(row):
            return MadeLink(name=name, url=str(button["data-copy"]))
    raise Unexpected(f"No copy button beside «{name}».")


@dataclass(frozen=True)
class LedgerRow:
    """One line of an order's delivery ledger."""

    kind: str
    state: str
    words: str


def read_ledger(browser: Browser, order_id: str) -> list[LedgerRow]:
    """Return the delivery ledger on the order's page."""
    browser.open(f"/orders/{order_id}")
    rows = browser.page.select("[data-ledger]")
    return [LedgerRow(str(r["data-ledger"]), str(r["data-state"]), text_of(r)) for r in rows]


def find_order_id(browser: Browser, number: str) -> str:
    """Return the id of the order with that number, through the list's search."""
    browser.open(f"/orders?q={number}").expect(number)
    for link in browser.page.find_all("a", href=True):
        found = re.fullmatch(r"/orders/([0-9a-f-]{36})", urlsplit(str(link["href"])).path)
        if found and number in text_of(link):
            return found.group(1)
    raise Unexpected(f"Order {number} is not in the list.")
