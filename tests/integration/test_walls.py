"""What belongs to others is not there, and what another site sends is refused."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from tests.integration.attacks import Route, buyer_browser, client, staff_browser

from common.ids import new_id
from devstack.demo.browser import Browser
from devstack.demo.staff import create_link
from devstack.world import cast

pytestmark = pytest.mark.journey
TOKEN = cast.STAYS.token
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def sales(world: Mapping[str, Any]) -> Iterator[Browser]:
    browser = staff_browser(world, cast.SALES)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def shopper(world: Mapping[str, Any], make_buyer: Any) -> Iterator[Browser]:
    browser = buyer_browser(world, make_buyer())
    yield browser
    browser.close()


@pytest.mark.parametrize(
    "path",
    [
        "/internal/v1/links/resolve",
        "/internal/",
        "/metrics",
        "/health",
        "/health/live",
        "/health/ready",
        "/health/check",
        "//internal/v1/links/resolve",
        "/links/../internal/v1/links/resolve",
        "/links/%2e%2e/internal/v1/links/resolve",
        "/static/../../keys",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/media/..%2f..%2fetc/passwd",
    ],
)
def test_the_inside_is_not_there_from_outside(world: Mapping[str, Any], path: str) -> None:
    with client(world) as http:
        for method in ("GET", "POST"):
            reply = http.request(method, world["gateway"] + path)
            assert reply.status_code in (400, 404, 405), (method, path)
            assert reply.status_code != 405 or path.startswith(("/static", "/media"))


@pytest.mark.parametrize("who", ["nobody", "sales", "shopper"])
def test_every_change_needs_the_token_and_this_site(
    world: Mapping[str, Any], routes: list[Route], sales: Browser, shopper: Browser, who: str
) -> None:
    browser = {"nobody": None, "sales": sales, "shopper": shopper}[who]
    passed = []
    for route in routes:
        if route.rule.startswith("/webhooks/"):
            continue
        for method in route.methods & CHANGING:
            with client(world, browser) as http:
                path = route.path(TOKEN)
                token = browser.csrf_token if browser else "x"
                foreign = {"Sec-Fetch-Site": "cross-site", "X-CSRFToken": token}
                for headers in ({}, {"Sec-Fetch-Site": "same-origin"}, foreign):
                    reply = http.request(method, path, headers=headers)
                    if reply.status_code != 403:
                        passed.append((method, route.rule, reply.status_code))
    assert passed == []


@pytest.mark.rule("R203")
def test_another_brands_things_are_not_there(world: Mapping[str, Any], sales: Browser) -> None:
    owner = staff_browser(world, cast.OWNER)
    soleil = cast.GINZA_SOLEIL.id
    owner.open(f"/buyers/{soleil}")
    for path in (f"/buyers/{soleil}", f"/api/identity/v1/buyers/{soleil}"):
        sales.open(path, status=404)
    for path in ("/links/new", "/api/identity/v1/buyers", "/api/checkout/v1/orders"):
        name = "brand" if path == "/links/new" else "brand_id"
        sales.open(f"{path}?{name}={cast.SOLEIL.id}", status=404)
    sales.open("/buyers")
    assert cast.GINZA_SOLEIL.unique_code not in sales.words
    for way in ("undoing", "claims"):
        token = [("csrf_token", sales.open("/buyers").csrf_token)]
        base = next(r for r in ("/buyers",))
        sales.send("post", f"{base}/{soleil}/ownership/{way}", token, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/links/{}/edit",
        "/orders/{}",
        "/buyers/{}",
        "/notifications/{}",
        "/catalogs/{}",
        "/products/{}",
        "/api/links/v1/links/{}",
        "/api/checkout/v1/orders/{}",
    ],
)
def test_ids_of_nothing_are_404(sales: Browser, path: str) -> None:
    sales.open(path.format(new_id()), status=404)


@pytest.mark.rule("R37", "R160")
def test_a_receipt_is_of_its_session_only(shopper: Browser) -> None:
    shopper.open(f"/checkout/{TOKEN}/receipts/{new_id()}", status=404)


def test_a_buyer_is_no_staff(shopper: Browser) -> None:
    for path in ("/links", "/orders", "/buyers", "/notifications", "/catalogs", "/products"):
        shopper.open(path)
        assert "/signin?" in shopper.address, path


@pytest.mark.parametrize("path", ["/signin", f"/signin/{TOKEN}", "/nothing", "/links", "/orders"])
def test_every_page_carries_the_browsers_rules(
    world: Mapping[str, Any], sales: Browser, path: str
) -> None:
    seen = set()
    for browser in (sales, None):
        with client(world, browser) as http:
            for _ in range(2):
                reply = http.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
                headers = reply.headers
                assert headers["X-Content-Type-Options"] == "nosniff"
                if path == "/nothing":
                    continue
                policy = headers["Content-Security-Policy"]
                assert "unsafe" not in policy
                assert "frame-ancestors 'none'" in policy
                seen.add(policy)
                assert headers["Referrer-Policy"] == "same-origin"
                assert headers["Cache-Control"] == "no-store"
    assert len(seen) in (0, 4), "a nonce came twice"


def test_cookies_are_closed_to_scripts_and_other_sites(world: Mapping[str, Any]) -> None:
    browser = staff_browser(world, cast.SALES)
    token = browser.open("/account").csrf_token
    fresh = Browser(world["gateway"])
    token = fresh.open("/signin").csrf_token
    with client(world, fresh) as http:
        form = {"csrf_token": token, "email": cast.SALES.email, "password": cast.PASSWORD}
        reply = http.post("/signin", data=form)
    cookies = reply.headers.get_list("set-cookie")
    assert [cookie for cookie in cookies if cookie.startswith("s=")]
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


@pytest.mark.rule("R4", "R5")
def test_names_of_staff_are_text_and_never_reach_buyers(
    world: Mapping[str, Any], sales: Browser, make_buyer: Any
) -> None:
    name = f"{SCRIPT} {new_id().hex}"
    catalogs = tuple(dict(each.names)["en"] for each in cast.CATALOGS)
    create_link(sales, name=name, catalogs=catalogs, transition=False)
    sales.open("/links")
    assert SCRIPT not in str(sales.reply.text if sales.reply else "")
    token = next(
        str(button["data-copy"]).rsplit("/", 1)[1]
        for button in sales.page.select("[data-copy]")
        if name in (row.get_text(" ") if (row := button.find_parent(["tr", "li"])) else "")
    )
    reader = Browser(world["gateway"])
    assert name not in reader.open(f"/l/{token}").words


def test_looking_changes_nothing(world: Mapping[str, Any], shopper: Browser) -> None:
    before = shopper.get_json(f"/cart/{TOKEN}/lines")
    with client(world, shopper) as http:
        for path in (f"/l/{TOKEN}", f"/cart/{TOKEN}", f"/checkout/{TOKEN}", f"/shop/{TOKEN}"):
            for method in ("GET", "HEAD") * 5:
                assert http.request(method, path).status_code < 400
        for path in (f"/signin/{TOKEN}/sign-out", "/account/sign-out"):
            assert http.get(path).status_code in (404, 405)
    assert shopper.get_json(f"/cart/{TOKEN}/lines") == before
