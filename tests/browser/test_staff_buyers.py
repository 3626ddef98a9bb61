"""Staff writes buyers down: one by the form, with what it gets shown once, and many by a file."""

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .staff import send_sign_in

pytestmark = pytest.mark.browser
FILE = "Unique code,Name,Country,Trade term,Currency,Language,Ratio\n"


def sign_in(page: Page, world: Mapping[str, Any]) -> None:
    send_sign_in(page, world, query="?next=/buyers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Buyers")


@pytest.mark.rule("R43", "R48")
def test_a_rep_signs_in_with_the_passcode_that_was_shown_once(
    context: BrowserContext, chromium: Browser, world: Mapping[str, Any], screen: str
) -> None:
    page = context.new_page()
    sign_in(page, world)
    page.get_by_role("link", name="New buyer").click()
    page.locator("#name").fill(f"Kiosk of the {screen}")
    page.locator("#country").select_option("JP")
    page.locator("#trade_term").select_option(label="Wholesale")
    page.locator("#currency").select_option("JPY")
    page.locator("#rate_value").fill("0.6")
    page.get_by_role("switch", name="Give it a passcode").check(force=True)
    page.get_by_role("button", name="Create the buyer").click()
    made = page.locator("[data-copy]")
    expect(made).to_have_count(1)
    passcode = str(made.get_attribute("data-copy"))
    code = page.locator(".secrets code").first.inner_text()
    page.reload()
    expect(made).to_have_count(0)

    other = chromium.new_context(locale="en-GB")
    rep = other.new_page()
    rep.goto(world["links"]["open"]["url"])
    way = rep.locator("form", has=rep.locator("[name=passcode]"))
    way.locator("[name=code]").fill(code.lower())
    way.locator("[name=passcode]").fill(passcode)
    way.get_by_role("button").click()
    rep.wait_for_url("**/shop/**")
    other.close()


def test_another_country_brings_its_own_form_and_keeps_what_was_typed(
    context: BrowserContext, world: Mapping[str, Any]
) -> None:
    page = context.new_page()
    sign_in(page, world)
    page.get_by_role("searchbox", name="Search").fill("BKLYN-01")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Brooklyn Dry Goods").click()
    page.get_by_role("link", name="Add an address").click()
    expect(page.get_by_label("State")).to_be_visible()
    page.get_by_label("Address line 1").fill("1 Rue de Rivoli")
    page.get_by_label("Country").select_option("FR")
    expect(page.get_by_label("State")).to_have_count(0)
    expect(page.get_by_label("Address line 1")).to_have_value("1 Rue de Rivoli")


def test_a_file_is_looked_at_before_anything_is_written(
    context: BrowserContext, world: Mapping[str, Any], screen: str
) -> None:
    code = f"FILE-{screen.upper()}"
    rows = (
        f"{code},From a file,JP,wholesale,JPY,ja,0.6\nBAD-{screen},No country,,wholesale,JPY,ja,1\n"
    )
    page = context.new_page()
    sign_in(page, world)
    page.get_by_role("link", name="Import and export").click()
    page.locator("#file").set_input_files(
        {"name": "buyers.csv", "mimeType": "text/csv", "buffer": (FILE + rows).encode()}
    )
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Nothing is written yet")).to_be_visible()
    expect(page.locator("tr", has_text="No country")).to_contain_text("Please choose a country.")
    page.get_by_role("button", name="Import these rows (1)").click()
    expect(page.get_by_text("The import is done")).to_be_visible()
    page.locator("tr", has_text="From a file").get_by_role("link").click()
    expect(page.get_by_text(code).first).to_be_visible()
