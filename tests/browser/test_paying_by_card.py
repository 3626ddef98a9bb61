"""A person pays by card: chooses it, leaves for Stripe, comes back to the receipt, or does not."""

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser
ADDRESS = {
    "Addressee": "Dana Whitfield",
    "ZIP code": "11201",
    "State": "New York",
    "City": "Brooklyn",
    "Address line 1": "88 Water Street",
    "Phone": "+1 718 555 0142",
}


def fill_cart(page: Page, world: Mapping[str, Any]) -> str:
    """Sign in on the link that takes cards, fill one cell, return the checkout's address."""
    buyer, link = world["buyers"]["brooklyn"], world["links"]["stripe"]
    page.goto(link["url"])
    form = page.locator("form", has=page.get_by_role("button", name="Login with Offline Buyer"))
    form.get_by_label("Email").fill(buyer["email"])
    form.get_by_label("Password", exact=True).fill(buyer["password"])
    form.get_by_role("button", name="Login with Offline Buyer").click()
    page.wait_for_url("**/shop/**")
    page.locator("a[href*='/catalogs/']").first.click()
    cell = page.locator("input[data-sku]:not([disabled])").nth(2)
    cell.scroll_into_view_if_needed()
    # The same number again would save nothing, and what was there before is of another test.
    cell.fill("7" if cell.input_value() == "6" else "6")
    page.keyboard.press("Tab")
    expect(page.locator(".is-saved, [data-state='saved']").first).to_be_attached()
    return f"{world['gateway']}/checkout/{link['token']}"


def confirm_by_card(page: Page, checkout: str) -> list[str]:
    """Choose the card and confirm; return the totals that were shown."""
    page.goto(checkout)
    for label, value in ADDRESS.items():
        field = page.get_by_label(label, exact=True)
        if field.count() and not field.input_value():
            field.fill(value)
    page.get_by_label("Credit card").check()
    shown = page.locator("[data-total]").all_inner_texts()
    page.get_by_role("button", name="Continue to payment").click()
    page.wait_for_url("**/stripe/pay/**")
    return shown


@pytest.mark.rule("R122")
def test_cancelled_at_stripe_the_cart_is_as_it_was(
    context: BrowserContext, world: Mapping[str, Any]
) -> None:
    page = context.new_page()
    checkout = fill_cart(page, world)
    shown = confirm_by_card(page, checkout)

    page.get_by_role("button", name="Cancel").click()

    page.wait_for_url("**/checkout/**")
    expect(page.get_by_text("You have not paid yet")).to_be_visible()
    expect(page.get_by_label("Credit card")).to_be_checked()
    assert page.locator("[data-total]").all_inner_texts() == shown
    page.get_by_role("link", name="Go to the payment page").click()
    page.wait_for_url("**/stripe/pay/**")
    page.get_by_role("button", name="Pay", exact=False).first.click()
    page.wait_for_url("**/receipts/**")
