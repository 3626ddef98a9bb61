"""A person with a screen and a keyboard: staff makes a link, a buyer fills the grid and orders."""

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .staff import send_sign_in

pytestmark = pytest.mark.browser


def sign_in(page: Page, world: Mapping[str, Any]) -> None:
    send_sign_in(page, world)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Link Management")


def enter_shop(page: Page, world: Mapping[str, Any], *, link: str = "transition_off") -> None:
    buyer = world["buyers"]["brooklyn"]
    page.goto(world["links"][link]["url"])
    form = page.locator("form", has=page.get_by_role("button", name="Login with Offline Buyer"))
    form.get_by_label("Email").fill(buyer["email"])
    form.get_by_label("Password", exact=True).fill(buyer["password"])
    form.get_by_role("button", name="Login with Offline Buyer").click()
    page.wait_for_url("**/shop/**")


def test_staff_makes_a_link_and_copies_it(
    context: BrowserContext, world: Mapping[str, Any]
) -> None:
    page = context.new_page()
    sign_in(page, world)
    page.get_by_role("link", name="Create a New Link").first.click()
    page.get_by_label("Link Name").fill("Made by hand")
    page.get_by_label("Spring 27 Women").check()
    page.get_by_label("Pay outside the app").check()
    page.get_by_role("button", name="Create", exact=True).click()
    row = page.locator("[data-copy]").first
    expect(row).to_be_visible()
    assert str(row.get_attribute("data-copy")).startswith(f"{world['gateway']}/l/")


@pytest.mark.rule("R33", "R56", "R94")
def test_a_buyer_fills_the_grid_by_keyboard_and_finds_it_again(
    context: BrowserContext, world: Mapping[str, Any], screen: str
) -> None:
    # The buyer's other screen has filled the cell already, and the same number again saves nothing.
    quantity = {"desktop": "7", "phone": "9"}[screen]
    page = context.new_page()
    enter_shop(page, world)
    page.locator("a[href*='/catalogs/']").first.click()
    cell = page.locator("input[data-sku]:not([disabled])").first
    cell.scroll_into_view_if_needed()
    cell.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(quantity)
    page.keyboard.press("Tab")
    expect(page.locator(".is-saved, [data-state='saved']").first).to_be_attached()
    page.reload()
    expect(page.locator("input[data-sku]:not([disabled])").first).to_have_value(quantity)
