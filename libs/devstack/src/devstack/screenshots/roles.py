"""Who looks at the product: nobody, a buyer, a user, staff, an operator; and where they begin."""

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from devstack.demo import buyer as buyers
from devstack.demo.browser import Browser
from devstack.demo.staff import sign_in_staff
from devstack.screenshots.operator import as_operator, let_go
from devstack.world import cast

BUYER = {"en": "brooklyn", "ja": "aoyama"}
SHEET = {"sku": ("SKU number", "SKU番号"), "quantity": ("Quantity", "数量")}
FILL_THE_CART = "Fill the cart"
GATES = ("with_passcode", "not_yet_released", "expired", "void", "open")


@dataclass(frozen=True)
class Role:
    name: str
    starts: tuple[str, ...] = ()
    """Paths to begin at, besides those that signing in yields."""


CAST = (
    Role("anyone", ("/signin", "/l/nobodyKnowsThisToken00")),
    Role("buyer"),
    Role("user", ("/app", "/account", "/app/orders")),
    Role("staff", ("/links", "/links/new", "/orders", "/catalogs", "/products", "/lookbooks",
                   "/buyers", "/shipping", "/payments", "/next-engine", "/notifications",
                   "/team", "/settings", "/nowhere")),
    Role("operator", ("/ops/notifications", "/ops", "/ops/checkout", "/ops/checkout/outbox",
                      "/ops/notifications/letters?kind=event", "/ops/notifications/calls")),
)  # fmt: skip


@contextmanager
def open_role(
    chromium: Chromium, world: Mapping[str, Any], role: Role, language: str
) -> Iterator[tuple[Page, list[str]]]:
    """Give a browser that is signed in as that role, and the addresses to begin at."""
    person = Browser(world["gateway"])
    sign_in = {"buyer": as_buyer, "user": as_user, "staff": as_staff, "anyone": as_anyone,
               "operator": as_operator}[role.name]  # fmt: skip
    more = sign_in(person, world, language)
    context = chromium.new_context(
        locale={"en": "en-GB", "ja": "ja-JP"}[language],
        timezone_id="Asia/Tokyo",
        viewport={"width": 1440, "height": 900},
    )
    remembered = {**person.cookies, "language": language}
    context.add_cookies(
        [{"name": n, "value": v, "url": world["gateway"]} for n, v in remembered.items()]
    )
    try:
        yield context.new_page(), [world["gateway"] + each for each in (*more, *role.starts)]
    finally:
        context.close()
        if role.name == "operator":
            let_go(person)
        person.close()


def as_anyone(person: Browser, world: Mapping[str, Any], language: str) -> list[str]:
    links = world["links"]
    return [f"/l/{links[gate]['token']}" for gate in GATES if gate in links]


def as_user(person: Browser, world: Mapping[str, Any], language: str) -> list[str]:
    user = world["users"][0]
    token = world["links"]["transition_off"]["token"]
    form = person.open(f"/signin/{token}").form(buyers.BUTTONS["user_account"])
    form.fill("Email", user["email"]).fill("Password", user["password"]).press()
    choice = person.path
    form = person.open("/signin").form("Sign in")
    form.fill("Email", user["email"]).fill("Password", user["password"]).press()
    return [choice, *order_straight(person, world["gateway"])]


def order_straight(person: Browser, gateway: str) -> list[str]:
    """Order once from a catalog without a link, and leave as much in its cart."""
    buyer_id = str(cast.GINZA.id)
    path, cells = next(iter(buyers.see_catalogs(person, buyer_id).items()))
    place = f"{buyer_id}/{path.rsplit('/', 1)[1]}"
    addresses = []
    for again in (False, True):
        for cell in cells[:9:2]:
            buyers.fill_cell(person, place, cell, 6)
        if not again:
            receipt = buyers.check_out(person, place, address={})
            addresses.append(receipt.address.removeprefix(gateway))
    return [*addresses, f"/app/cart/{place}", f"/app/checkout/{place}"]


def as_staff(person: Browser, world: Mapping[str, Any], language: str) -> list[str]:
    staff = world["staff"][0]
    sign_in_staff(person, email=staff["email"], password=staff["password"])
    return []


def as_buyer(person: Browser, world: Mapping[str, Any], language: str) -> list[str]:
    """Sign in, order once, and leave something in the cart."""
    buyer = world["buyers"][BUYER[language]]
    way = buyers.SignIn("offline_login", buyer["email"], buyer["password"])
    shops = []
    for state in ("every_catalog", "view_only", "with_shipping", "transition_off"):
        link = world["links"][state]
        buyers.sign_in_buyer(person, url=link["url"], way=way)
        shops.append(f"/shop/{link['token']}")
    token = world["links"]["transition_off"]["token"]
    grids = buyers.see_catalogs(person, token)
    fill(person, token, grids)
    receipt = buyers.check_out(person, token, address={})
    shops.append(receipt.address.removeprefix(world["gateway"]))
    shops.append(f"/cart/{token}")
    shops.append(next(iter(grids)).replace("/catalogs/", "/line-sheets/"))
    shops.append(bring_sheet(person, next(iter(grids)).replace("/catalogs/", "/sheets/")))
    shipped = world["links"]["with_shipping"]["token"]
    fill(person, shipped, grids)
    return [*shops, f"/cart/{shipped}", f"/checkout/{shipped}"]


def bring_sheet(person: Browser, sheet: str) -> str:
    """Bring the catalog's order sheet back, with rows of every fate; return the result's path."""
    rows = list(csv.reader(io.StringIO(person.get_text(f"{sheet}/order-sheet.csv"))))
    sku, quantity = (next(i for i, c in enumerate(rows[0]) if c in SHEET[each]) for each in SHEET)
    for row, wanted in zip(rows[1:], ("12", "6", "a dozen", "-3", "24"), strict=False):
        row[quantity] = wanted
    rows[5][sku] = "NO-SUCH-SKU"
    filled = io.StringIO()
    csv.writer(filled).writerows(rows)
    form = person.open(sheet).form(FILL_THE_CART)
    form.attach("Drop the file here", "autumn.csv", filled.getvalue().encode()).press()
    return person.path


def fill(person: Browser, token: str, grids: Mapping[str, list[buyers.Cell]]) -> None:
    """Write a few quantities into each catalog's grid, as another evening's order would."""
    for number, cells in enumerate(grids.values()):
        person.open(f"/shop/{token}")
        for cell in cells[number : number + 9 : 2]:
            buyers.fill_cell(person, token, cell, 3 + number)
