"""A buyer orders by each payment method, on a desktop and a phone, in English and in Japanese."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from devstack.world import cast

pytestmark = pytest.mark.browser
LINK = "stripe"
"""Both methods are in force there, and its toggle hides the address."""
WORDS = {
    "en": {
        "sign_in": "Login with Offline Buyer",
        "checkout": "Checkout",
        "press outside": "Place order",
        "press stripe": "Continue to payment",
        "outside": "Pay outside the app",
        "stripe": "Credit card",
        "paid": "Credit card · Paid",
        "thanks": "Thank you",
    },
    "ja": {
        "sign_in": "オフラインバイヤーでログイン",
        "checkout": "ご注文手続き",
        "press outside": "注文を確定する",
        "press stripe": "お支払いへ進む",
        "outside": "アプリ外で支払う",
        "stripe": "クレジットカード",
        "paid": "クレジットカード · 支払い済み",
        "thanks": "ありがとうございます",
    },
}
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.mark.rule("R101", "R109", "R114", "R115", "R116", "R117", "R122", "R124")
@pytest.mark.parametrize("method", ["outside", "stripe"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_buyer_orders_and_reads_the_receipt(
    context: BrowserContext,
    world: Mapping[str, Any],
    make_buyer: Callable[..., cast.Buyer],
    language: str,
    method: str,
) -> None:
    words = WORDS[language]
    link, buyer = world["links"][LINK], make_buyer(language=language)
    context.add_cookies([{"name": "language", "value": language, "url": world["gateway"]}])
    page = context.new_page()
    enter(page, link["url"], str(buyer.login_email), button=words["sign_in"])
    fill_a_cell(page)

    page.goto(f"{world['gateway']}/checkout/{link['token']}")
    expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))
    expect(page.get_by_role("heading", level=1)).to_have_text(words["checkout"])
    expect(page.locator("[name=line1]")).not_to_have_value("")
    assert page.evaluate(FITS)
    shown = page.locator("[data-total]").all_inner_texts()
    page.get_by_label(words[method]).check()
    page.get_by_role("button", name=words[f"press {method}"]).click()
    if method == "stripe":
        pay(page, shown[-1])

    page.wait_for_url("**/receipts/**")
    expect(page.get_by_role("heading", level=1)).to_have_text(words["thanks"])
    expect(page.get_by_text(words["paid" if method == "stripe" else method])).to_be_visible()
    expect(page.locator("[data-order-number]").first).to_be_visible()
    assert page.locator("[data-total]").all_inner_texts() == shown
    assert page.evaluate(FITS)


@pytest.mark.rule("R109")
def test_choosing_a_saved_address_draws_only_the_address_and_the_sums_anew(
    context: BrowserContext, world: Mapping[str, Any], make_buyer: Callable[..., cast.Buyer]
) -> None:
    link, buyer = world["links"][LINK], make_buyer(language="en")
    page = context.new_page()
    enter(page, link["url"], str(buyer.login_email), button=WORDS["en"]["sign_in"])
    fill_a_cell(page)
    page.goto(f"{world['gateway']}/checkout/{link['token']}")
    page.evaluate("window.isSamePage = true")
    page.locator("[name=po_number]").fill("PO-77")
    home = page.locator("[name=line1]").input_value()
    page.get_by_role("button", name="Another address").click()
    expect(page.locator("[name=line1]")).to_have_value("")
    page.locator(".saved__one").first.click()
    expect(page.locator("[name=line1]")).to_have_value(home)
    expect(page.locator(".saved__one").first).to_be_focused()
    expect(page.locator("[name=po_number]")).to_have_value("PO-77")
    assert page.evaluate("window.isSamePage")
    page.locator("[name=po_number]").press("Enter")
    page.wait_for_url("**/receipts/**")


def enter(page: Page, url: str, email: str, *, button: str) -> None:
    page.goto(url)
    form = page.locator("form", has=page.get_by_role("button", name=button))
    form.locator("[name=email]").fill(email)
    form.locator("[name=password]").fill(cast.PASSWORD)
    form.get_by_role("button", name=button).click()
    page.wait_for_url("**/shop/**")


def fill_a_cell(page: Page) -> None:
    page.locator("a[href*='/catalogs/']").first.click()
    cell = page.locator("input[data-sku]:not([disabled])").first
    cell.scroll_into_view_if_needed()
    cell.fill("6")
    page.keyboard.press("Tab")
    expect(page.locator(".is-saved, [data-state='saved']").first).to_be_attached()


def pay(page: Page, total: str) -> None:
    """Pay on Stripe's page, which asks for what the checkout has shown."""
    page.wait_for_url("**/stripe/pay/**")
    amount = "".join(sign for sign in total if sign.isdigit() or sign in ".,")
    expect(page.get_by_role("heading", level=1)).to_contain_text(amount)
    page.get_by_role("button", name="Pay with 3-D Secure").click()
    page.get_by_role("button", name="Complete authentication").click()
