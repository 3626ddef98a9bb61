"""Copying, the phone's menu, dialogs, zones and leaving with changes, in a real browser."""

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

pytestmark = pytest.mark.browser


def test_copying_says_so(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/links")
    button = page.get_by_role("button", name="Copy this link").first

    button.click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.locator("#toasts")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith(
        "https://order.example.com/l/"
    )
    expect(button).to_have_text("Copy this link")


def test_the_phones_menu_opens_and_closes(page: Page, gallery: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{gallery}/links")
    shipping = page.get_by_role("link", name="Shipping")
    expect(shipping).to_be_hidden()

    page.get_by_role("button", name="Menu").click()
    expect(shipping).to_be_visible()

    page.keyboard.press("Escape")
    expect(shipping).to_be_hidden()


def test_a_dialog_takes_the_focus_and_gives_it_back(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/order")
    opener = page.get_by_role("button", name="Add a note")

    opener.click()
    expect(page.get_by_role("dialog", name="Internal note")).to_be_visible()
    page.get_by_role("button", name="Close").click()

    expect(opener).to_be_focused()


def test_leaving_with_changes_asks_first(page: Page, gallery: str) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay)
    page.goto(f"{gallery}/link_form")
    page.goto(f"{gallery}/links")
    assert asked == []

    page.goto(f"{gallery}/link_form")
    page.get_by_label("Link Name").press_sequentially("Tokyo")
    page.goto(f"{gallery}/links")

    assert asked == ["beforeunload"]


def test_the_readers_zone_is_named_and_sent(chromium: Browser, gallery: str) -> None:
    page = chromium.new_context(timezone_id="America/New_York").new_page()
    page.goto(f"{gallery}/link_form")

    expect(page.locator("[data-zone-name]")).to_have_text("America/New_York (GMT-5)")
    expect(page.locator("input[name=release_at_zone]")).to_have_value("America/New_York")

    page.get_by_label("Release Date").fill("2026-07-01T10:00")
    expect(page.locator("[data-zone-name]")).to_have_text("America/New_York (GMT-4)")
    page.context.close()


def test_the_reader_starts_at_what_is_wrong(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/link_form")
    expect(page.locator(".summary")).to_be_focused()

    page.get_by_role("link", name="Enter a link name.").click()

    expect(page.get_by_label("Link Name")).to_be_focused()
