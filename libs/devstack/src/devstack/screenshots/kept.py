"""The few pictures that the README shows, in docs/pictures."""

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

from devstack.places import ROOT
from devstack.screenshots.album import LOADED
from devstack.screenshots.roles import CAST, open_role

TARGET = ROOT / "docs" / "pictures"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
BY_NAME = {role.name: role for role in CAST}


def keep_pictures(browser: Browser, world: Mapping[str, Any]) -> None:
    """Storefront, grid, checkout, links and an order's ledger; the storefront on a phone."""
    TARGET.mkdir(parents=True, exist_ok=True)
    gateway, token = world["gateway"], world["links"]["with_shipping"]["token"]
    with open_role(browser, world, BY_NAME["buyer"], "en") as (page, _):
        keep(page, f"{gateway}/shop/{token}", "storefront")
        page.locator("a[href*='/catalogs/']").first.click()
        page.wait_for_load_state("networkidle")
        keep(page, page.url, "grid", at=".grid")
        keep(page, f"{gateway}/checkout/{token}", "checkout")
    with open_role(browser, world, BY_NAME["buyer"], "ja") as (page, _):
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        keep(page, f"{gateway}/shop/{token}", "storefront-phone")
    with open_role(browser, world, BY_NAME["staff"], "en") as (page, _):
        keep(page, f"{gateway}/links", "links")
        page.goto(f"{gateway}/orders")
        page.locator("[data-order-number]").first.click()
        page.wait_for_load_state("networkidle")
        keep(page, page.url, "order")


def keep(page: Page, address: str, name: str, *, at: str | None = None) -> None:
    """Write what the window shows at that address, scrolled to the first `at`."""
    page.goto(address, wait_until="networkidle")
    page.evaluate(LOADED)
    if at:
        page.locator(at).first.scroll_into_view_if_needed()
    path = TARGET / f"{name}.webp"
    Image.open(io.BytesIO(page.screenshot())).save(path, quality=82, method=6)
    print(f"✓ {path.relative_to(ROOT)}", flush=True)
