"""The dates of a link's form are the editor's own, wherever the editor sits."""

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .staff import send_sign_in

pytestmark = pytest.mark.browser


def sign_in(page: Page, world: Mapping[str, Any]) -> None:
    send_sign_in(page, world)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Link Management")


def open_link(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_label("Link Name")).to_have_value(name)


@pytest.mark.rule("R22", "R23")
def test_two_editors_in_two_zones_mean_one_moment(
    context: BrowserContext, chromium: Browser, world: Mapping[str, Any], screen: str
) -> None:
    name = f"Dated on a {screen}"
    tokyo = context.new_page()
    sign_in(tokyo, world)
    tokyo.get_by_role("link", name="Create a New Link").first.click()
    expect(tokyo.locator("#release_at")).to_be_hidden()
    tokyo.get_by_label("Link Name").fill(name)
    tokyo.get_by_role("switch", name="Release Date").check(force=True)
    tokyo.locator("#release_at").fill("2031-03-10T09:00")
    tokyo.get_by_label("Spring 27 Women").check()
    tokyo.get_by_role("button", name="Create", exact=True).click()
    expect(tokyo.locator("tr", has_text=name)).to_contain_text("Asia/Tokyo")

    other = chromium.new_context(timezone_id="America/New_York", locale="en-US")
    page = other.new_page()
    sign_in(page, world)
    open_link(page, name)
    expect(page.locator("#release_at")).to_have_value("2031-03-09T20:00")
    page.get_by_label("Description").fill("Seen from New York")
    page.get_by_role("button", name="Save", exact=True).click()
    other.close()

    open_link(tokyo, name)
    expect(tokyo.locator("#release_at")).to_have_value("2031-03-10T09:00")
    expect(tokyo.locator("[data-zone-name]").first).to_contain_text("Asia/Tokyo")
