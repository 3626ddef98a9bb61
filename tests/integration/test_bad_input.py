"""Bad input of all kinds is refused by name, and never makes a 500 or a stack trace."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest
from tests.integration.attacks import Route, buyer_browser, client, staff_browser

from common.ids import new_id
from devstack.demo.browser import Browser
from devstack.demo.buyer import Cell, fill_cell, see_catalogs
from devstack.demo.form import values_of
from devstack.world import cast

pytestmark = pytest.mark.journey
TOKEN = cast.STAYS.token
ODD = ("", "%00", "'; DROP TABLE links;--", "%", "_", "\\", "../../etc/passwd", "\x00", "٣", "²")
ODD += ("9" * 5000, "-1", "1e9", "NaN", "{{7*7}}", "<script>", "\U0001f600", "ﷺ" * 300, "null")
ENDINGS = ("sign-out", "/clearing")
"""They would end the sessions that this test asks with."""
TRACE = ("Traceback", "sqlalchemy", "psycopg", "werkzeug")


@pytest.fixture(scope="module")
def owner(world: Mapping[str, Any]) -> Iterator[Browser]:
    browser = staff_browser(world, cast.OWNER)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def shopper(world: Mapping[str, Any], make_buyer: Any) -> Iterator[Browser]:
    browser = buyer_browser(world, make_buyer())
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def cell(shopper: Browser) -> Cell:
    return next(cell for cells in see_catalogs(shopper, TOKEN).values() for cell in cells)


def test_no_odd_input_makes_a_failure(
    world: Mapping[str, Any], routes: list[Route], owner: Browser, shopper: Browser
) -> None:
    """Every route of every service, with what clients should not send, signed in."""
    failures = []
    people = [(owner, client(world, owner)), (shopper, client(world, shopper))]
    for route in routes:
        path = route.path(TOKEN)
        for browser, http in people:
            headers = {"X-CSRFToken": browser.open(browser.address).csrf_token}
            if "GET" in route.methods:
                for odd in ODD:
                    names = ("q", "before", "after", "search", "address", "brand", "next", "limit")
                    params = dict.fromkeys((*names, "kind", "state", "page"), odd)
                    failures += failed(http.get(path, params=params | {"n": "x"}))
            for method in route.methods & {"POST", "PUT", "PATCH", "DELETE"}:
                if path.endswith(ENDINGS):
                    continue
                for body in ODD_BODIES:
                    kind = {"Content-Type": "application/json"} if "content" in body else {}
                    reply = http.request(method, path, headers=headers | kind, **body)
                    failures += failed(reply)
    assert sorted(set(failures)) == []


FIELDS = ("name", "email", "password", "code", "passcode", "status", "version", "catalog_ids")
FIELDS += ("quantity.x.y", "attempt", "comment", "brand", "release_at", "release_at_zone", "buyer")
ODD_FORM = {**dict.fromkeys(FIELDS, "\x00"), "has_release": "1", "action": "\x00"}
ODD_BODIES: tuple[dict[str, Any], ...] = (
    {"data": ODD_FORM},
    {"data": dict.fromkeys(FIELDS, "9" * 5000) | {"has_release": "1"}},
    {"data": dict.fromkeys(FIELDS, "²") | {"has_release": "1", "action": "update"}},
    *({"content": odd} for odd in (b"{", b"[1]", b'{"a": "\\ud800"}', b"[" * 50_000, b"\xff\xfe")),
)


def failed(reply: httpx.Response) -> list[str]:
    if reply.status_code >= 500 or any(word in reply.text for word in TRACE):
        return [f"{reply.request.method} {reply.request.url.path} {reply.status_code}"]
    return []


@pytest.mark.parametrize("path", ["/l/", "/signin/", "/shop/", "/cart/", "/checkout/"])
def test_an_unknown_token_is_404(world: Mapping[str, Any], path: str) -> None:
    with client(world, follow_redirects=True) as http:
        assert http.get(f"{path}{'A' * 22}").status_code == 404


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b"[" * 50_000])
def test_a_body_that_is_no_json_is_400(
    world: Mapping[str, Any], shopper: Browser, body: bytes
) -> None:
    assert put_line(world, shopper, body).status_code == 400


def put_line(world: Mapping[str, Any], shopper: Browser, body: bytes) -> httpx.Response:
    token = shopper.open(f"/shop/{TOKEN}").csrf_token
    headers = {"X-CSRFToken": token, "Content-Type": "application/json"}
    with client(world, shopper) as http:
        headers["Accept"] = "application/json"
        return http.put(f"/cart/{TOKEN}/lines", content=body, headers=headers)


@pytest.mark.rule("R84")
@pytest.mark.parametrize("odd", [-1, 10**9, 1.5, "3", True, None, [], {}, 10**400])
def test_a_nonsense_quantity_is_422_and_named(
    world: Mapping[str, Any], shopper: Browser, cell: Cell, odd: Any
) -> None:
    line = {"catalog_id": cell.catalog_id, "sku_id": cell.sku_id, "quantity": odd}
    reply = put_line(world, shopper, json.dumps(line).encode())
    assert reply.status_code == 422
    assert [error["field"] for error in reply.json()["errors"]] == ["quantity"]


@pytest.mark.parametrize("name", ["catalog_id", "sku_id"])
def test_a_wrong_field_is_422_and_named(
    world: Mapping[str, Any], shopper: Browser, cell: Cell, name: str
) -> None:
    line = {"catalog_id": cell.catalog_id, "sku_id": cell.sku_id, "quantity": 1, name: "x"}
    reply = put_line(world, shopper, json.dumps(line).encode())
    assert reply.status_code == 422
    assert [error["field"] for error in reply.json()["errors"]] == [name]


@pytest.mark.parametrize("name", ["catalog_id", "sku_id"])
def test_what_is_not_in_the_link_cannot_be_put_in_the_cart(
    world: Mapping[str, Any], shopper: Browser, cell: Cell, name: str
) -> None:
    line = {"catalog_id": cell.catalog_id, "sku_id": cell.sku_id, "quantity": 1}
    reply = put_line(world, shopper, json.dumps(line | {name: str(new_id())}).encode())
    assert reply.status_code in (404, 409, 422)
    assert reply.json()["code"] != "internal"


@pytest.mark.parametrize("name", ["quantity.x.y", f"quantity.{cast.WOMEN.id}.y"])
def test_the_cart_form_refuses_ids_that_are_none(shopper: Browser, name: str) -> None:
    token = shopper.open(f"/shop/{TOKEN}").csrf_token
    shopper.send("post", f"/cart/{TOKEN}", [("csrf_token", token), (name, "1")], 422)


@pytest.mark.parametrize("odd", ["-1", "1e3", "²", "9" * 5000, "x"])
def test_the_cart_form_refuses_nonsense_quantities(shopper: Browser, cell: Cell, odd: str) -> None:
    token = shopper.open(f"/shop/{TOKEN}").csrf_token
    name = f"quantity.{cell.catalog_id}.{cell.sku_id}"
    shopper.send("post", f"/cart/{TOKEN}", [("csrf_token", token), (name, odd)], 422)


def test_over_one_mebibyte_is_413(world: Mapping[str, Any], shopper: Browser) -> None:
    assert put_line(world, shopper, b'"' + b"x" * 2**20 + b'"').status_code == 413


def sign_in(world: Mapping[str, Any], way: str, fields: dict[str, str]) -> httpx.Response:
    """Try to sign in from a fresh browser."""
    browser = Browser(world["gateway"])
    token = browser.open(f"/signin/{TOKEN}" if way else "/signin").csrf_token
    path = f"/signin/{TOKEN}/{way}" if way else "/signin"
    with client(world, browser) as http:
        return http.post(path, data={"csrf_token": token, **fields})


def said(reply: httpx.Response) -> tuple[int, str]:
    page = Browser(str(reply.request.url))
    page._show(reply, reply.status_code)
    alerts = page.page.select("[role=alert]")
    return reply.status_code, " ".join(alert.get_text(" ", strip=True) for alert in alerts)


@pytest.mark.rule("R54")
def test_unknown_names_and_wrong_secrets_get_the_same_answer(
    world: Mapping[str, Any], make_buyer: Any
) -> None:
    buyer = make_buyer()
    tries = [
        ("user-account", {"email": cast.KENJI.email, "password": "wrong"}),
        ("user-account", {"email": "nobody@nowhere.example", "password": "wrong"}),
        ("offline-buyer", {"email": str(buyer.login_email), "password": "wrong"}),
        ("offline-buyer", {"email": "nobody@nowhere.example", "password": "wrong"}),
        ("brand-credentials", {"code": buyer.unique_code, "passcode": "wrong"}),
        ("brand-credentials", {"code": "NOBODY-99", "passcode": "wrong"}),
    ]
    answers = {said(sign_in(world, way, fields)) for way, fields in tries}
    assert len(answers) == 1
    assert next(iter(answers))[1]


@pytest.mark.rule("R28", "R54")
def test_ten_failed_tries_are_throttled(world: Mapping[str, Any], make_buyer: Any) -> None:
    buyer = make_buyer()
    fields = {"email": str(buyer.login_email), "password": "wrong"}
    replies = [sign_in(world, "offline-buyer", fields) for _ in range(11)]
    assert all(reply.status_code not in (429, 302, 303) for reply in replies[:10])
    assert replies[10].status_code == 429
    assert int(replies[10].headers["Retry-After"]) > 0
    right = sign_in(world, "offline-buyer", {**fields, "password": cast.PASSWORD})
    assert right.status_code == 429


@pytest.mark.parametrize(
    "wish", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"]
)
def test_signing_in_leads_nowhere_else(world: Mapping[str, Any], wish: str) -> None:
    fields = {"email": cast.OWNER.email, "password": cast.PASSWORD, "next": wish}
    assert sign_in(world, "", fields).headers["Location"] == "/links"


def test_search_takes_wildcards_for_letters(owner: Browser) -> None:
    for path in ("/links?q=%25", "/links?q=_", "/buyers?q=%25", "/buyers?q=_", "/orders?q=%25"):
        owner.open(path)
        rows = owner.page.select("main tbody tr")
        assert not rows, path


@pytest.mark.rule("R156")
def test_a_replayed_checkout_orders_once_and_other_content_is_refused(
    world: Mapping[str, Any], make_buyer: Any
) -> None:
    browser = buyer_browser(world, make_buyer())
    cell = next(c for cells in see_catalogs(browser, TOKEN).values() for c in cells)
    fill_cell(browser, TOKEN, cell, 2)
    browser.open(f"/checkout/{TOKEN}")
    form = browser.form("Place order")
    for label, value in ADDRESS.items():
        form.fill(label, value)
    fields = [pair for control in form._controls() for pair in values_of(control)]
    fields += [
        ("total", "1"),
        ("unit_price", "1"),
        ("quote_hash", "x"),
        ("buyer_id", str(new_id())),
    ]
    browser.send("post", f"/checkout/{TOKEN}", fields, 200)
    numbers, first = order_numbers(browser), browser.address
    assert numbers
    browser.send("post", f"/checkout/{TOKEN}", fields, 200)
    assert (order_numbers(browser), browser.address) == (numbers, first)
    changed = [(name, "other" if name == "comment" else value) for name, value in fields]
    browser.send("post", f"/checkout/{TOKEN}", changed, 422)


ADDRESS = {
    "Addressee": "<script>alert(1)</script>",
    "Postal code": "107-0062",
    "Prefecture": "Tokyo",
    "City": "Minato",
    "Address line 1": "1-2-3",
    "Phone": "03-1234-5678",
}


def order_numbers(browser: Browser) -> list[str]:
    return [tag.get_text(strip=True) for tag in browser.page.select("[data-order-number]")]
