"""From the grid and the cart to the checkout: one press is enough, and nothing unsaved is left behind."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from devstack.world import cast

from .test_ordering_by_each_method import enter

pytestmark = pytest.mark.browser
LINK, SIGN_IN = "transition_off", "Login with Offline Buyer"
PRESS_MS = [0, 120]
RANGE = "A whole number from 0 to 99999."
HELD = "Something is not saved yet."


@pytest.fixture
def shop(
    context: BrowserContext, world: Mapping[str, Any], make_buyer: Callable[..., cast.Buyer]
) -> Page:
    """Give a catalog's page with two cells filled and saved."""
    page = context.new_page()
    enter(
        page,
        world["links"][LINK]["url"],
        str(make_buyer(language="en").login_email),
        button=SIGN_IN,
    )
    page.locator("a[href*='/catalogs/']").first.click()
    for cell in cells(page).all()[:2]:
        cell.fill("6")
        cell.press("Tab")
    expect(page.locator("[data-cart-units]").first).to_have_text("12")
    expect(page.locator(".is-saving")).to_have_count(0)
    return page


@pytest.fixture
def cart(shop: Page, world: Mapping[str, Any]) -> Page:
    shop.goto(f"{world['gateway']}/cart/{world['links'][LINK]['token']}")
    return shop


@pytest.mark.rule("R94")
@pytest.mark.parametrize("hold_ms", PRESS_MS)
def test_one_press_after_typing_leads_from_the_cart_to_what_was_typed(
    cart: Page, hold_ms: int
) -> None:
    if not hold_ms:
        cart.route("**/lines", slowly)
    cells(cart).first.fill("41")
    press(cart, "Go to checkout", hold_ms)
    orders(cart, "× 41", "× 6")


@pytest.mark.rule("R94")
@pytest.mark.parametrize("hold_ms", PRESS_MS)
def test_one_press_after_typing_leads_from_the_grid_to_what_was_typed(
    shop: Page, hold_ms: int
) -> None:
    shop.route("**/lines", slowly)
    cells(shop).first.fill("41")
    press(shop, "Review order", hold_ms)
    expect(way(shop, "Review order")).to_have_attribute("aria-busy", "true")
    expect(shop.locator("[data-way-state]:visible")).to_have_text("Saving…")
    orders(shop, "× 41", "× 6")


@pytest.mark.parametrize("wrong", ["abc", "1.5", "-3", "1234567"])
def test_a_wrong_quantity_holds_the_way_on_from_the_cart(cart: Page, wrong: str) -> None:
    cell = cells(cart).first
    cell.fill(wrong)
    press(cart, "Go to checkout", 120)
    holds(cart, cell)
    expect(cart.get_by_role("alert").filter(has_text=RANGE)).to_be_visible()
    expect(cell).to_have_accessible_description(re.compile(RANGE))
    expect(cell).to_have_value(wrong)
    expect(cells(cart).nth(1)).to_have_attribute("value", "6")

    cells(cart).nth(1).fill("7")
    cells(cart).nth(1).press("Enter")
    expect(cart.locator("[data-cart-units]").first).to_have_text("13")
    expect(cells(cart).nth(1)).to_be_focused()
    expect(cell).to_have_accessible_description(re.compile(RANGE))

    cell.fill("４１")
    press(cart, "Go to checkout", 120)
    orders(cart, "× 41", "× 7")


@pytest.mark.parametrize("wrong", ["abc", "1234567"])
def test_a_wrong_quantity_holds_the_way_on_from_the_grid(shop: Page, wrong: str) -> None:
    cell = cells(shop).nth(2)
    cell.click()
    shop.keyboard.type(wrong)
    press(shop, "Review order", 120)
    holds(shop, cell)
    expect(shop.locator("[data-grid-sum]").first).to_have_text("12")
    expect(cell).to_have_accessible_description(
        re.compile("Whole numbers" if wrong == "abc" else RANGE)
    )

    cell.fill("")
    press(shop, "Review order", 120)
    orders(shop, "× 6", "× 6")


def test_what_failed_on_the_way_is_tried_once_more_by_the_press(cart: Page) -> None:
    cart.context.set_offline(True)
    cells(cart).first.fill("41")
    press(cart, "Go to checkout", 120)
    holds(cart, cells(cart).first)
    cart.context.set_offline(False)
    press(cart, "Go to checkout", 120)
    orders(cart, "× 41", "× 6")


def test_a_saved_line_leaves_the_next_one_alone(cart: Page) -> None:
    """The next quantity is being typed while the cart is drawn anew."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    cart.route("**/lines", hold)
    cells(cart).first.fill("41")
    with cart.expect_request("**/lines"):
        cells(cart).nth(1).click()
    cart.keyboard.press("Control+A")
    cart.keyboard.type("9")
    held.pop().continue_()
    cart.unroute("**/lines", hold)
    expect(cart.locator("[data-cart-units]").first).to_have_text("47")
    expect(cells(cart).nth(1)).to_be_focused()
    expect(cells(cart).nth(1)).to_have_value("9")
    cart.keyboard.press("Enter")
    expect(cart.locator("[data-cart-units]").first).to_have_text("50")


def test_a_removed_line_hands_the_focus_to_its_neighbour(cart: Page) -> None:
    for left in (1, 0):
        cart.get_by_role("button", name="Remove").first.press("Enter")
        expect(cells(cart)).to_have_count(left)
        if left:
            expect(cart.get_by_role("button", name="Remove")).to_be_focused()
    expect(cart.get_by_text("Your cart is empty")).to_be_visible()


def cells(page: Page) -> Locator:
    return page.locator("input[data-sku]")


def way(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name).locator("visible=true")


def press(page: Page, name: str, hold_ms: int) -> None:
    """Press as a hand does: down, a while, up; the button may not run away under it."""
    box = way(page, name).bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    if hold_ms:
        page.wait_for_timeout(hold_ms)
    page.mouse.up()


def holds(page: Page, cell: Locator) -> None:
    expect(page.locator("[data-way-state]:visible")).to_contain_text(HELD)
    expect(cell).to_be_focused()
    expect(cell).to_have_attribute("aria-invalid", "true")
    expect(cell).to_be_in_viewport()
    assert "/checkout/" not in page.url


def orders(page: Page, *counts: str) -> None:
    page.wait_for_url("**/checkout/**")
    expect(page.locator(".summary-lines li")).to_contain_text(list(counts))


def slowly(route: Route) -> None:
    if route.request.method == "PUT":
        route.request.frame.page.wait_for_timeout(600)
    route.continue_()
