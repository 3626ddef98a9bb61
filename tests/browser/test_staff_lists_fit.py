"""A list of the staff is never wider than its window, on a tablet and on a small laptop either."""

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .staff import send_sign_in

pytestmark = pytest.mark.browser
LISTS = (
    *("links", "orders", "catalogs", "products", "lookbooks", "buyers", "shipping", "payments"),
    *("notifications", "notifications/webhooks", "team", "settings"),
)
WIDTHS = (390, 768, 1024)
TOO_WIDE = """() => document.documentElement.scrollWidth > window.innerWidth ||
  [...document.querySelectorAll(".table-box")].some((box) => box.scrollWidth > box.clientWidth)"""


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_list_is_wider_than_its_window(
    chromium: Browser, world: Mapping[str, Any], language: str
) -> None:
    page = chromium.new_page(locale=language)
    sign_in(page, world)
    wide = []
    for name in LISTS:
        page.goto(f"{world['gateway']}/{name}?language={language}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate(TOO_WIDE):
                wide.append((name, width))
    page.close()
    assert wide == []


def sign_in(page: Page, world: Mapping[str, Any]) -> None:
    send_sign_in(page, world, query="?next=/links&language=en")
    page.wait_for_url("**/links*")
