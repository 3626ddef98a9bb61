"""`make screenshots`: photographs of the running thing, for the README and for eyes."""

import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

from devstack.demo.chromium import running_chromium
from devstack.places import ROOT

TARGET = ROOT / "docs" / "pictures"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LOADED = """() => Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => null);
}))"""


def main() -> None:
    world = json.loads(Path(sys.argv[1]).read_text())
    TARGET.mkdir(parents=True, exist_ok=True)
    with running_chromium() as browser:
        photograph_buyer(browser, world)
        photograph_staff(browser, world)


def photograph_buyer(browser: Browser, world: Mapping[str, Any]) -> None:
    """The storefront, the grid with quantities in it, and the checkout; the front on a phone."""
    link = world["links"]["transition_off"]
    page = browser.new_page(viewport=DESK, locale="en-GB")  # type: ignore[arg-type]
    enter(page, world, link["url"])
    keep(page, "storefront")
    page.locator("a[href*='/catalogs/']").first.click()
    page.wait_for_load_state("networkidle")
    for number, quantity in enumerate(("4", "6", "3")):
        page.locator("input[data-sku]:not([disabled])").nth(number).fill(quantity)
        page.keyboard.press("Tab")
        page.wait_for_timeout(500)  # A cell that has that quantity already sends nothing.
    page.reload()
    keep(page, "grid")
    page.goto(f"{world['gateway']}/checkout/{link['token']}")
    keep(page, "checkout")
    phone = browser.new_page(viewport=PHONE, locale="ja-JP")  # type: ignore[arg-type]
    enter(phone, world, link["url"])
    keep(phone, "storefront-phone")


def photograph_staff(browser: Browser, world: Mapping[str, Any]) -> None:
    """The list of links and the list of orders."""
    page = browser.new_page(viewport=DESK, locale="en-GB")  # type: ignore[arg-type]
    staff = world["staff"][0]
    page.goto(f"{world['gateway']}/signin")
    page.locator("input[type=email]").first.fill(staff["email"])
    page.locator("input[type=password]").first.fill(staff["password"])
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    for name in ("links", "orders"):
        page.goto(f"{world['gateway']}/{name}")
        keep(page, name)


def enter(page: Page, world: Mapping[str, Any], url: str) -> None:
    """Sign in as the offline buyer that reads English."""
    buyer = world["buyers"]["brooklyn"]
    page.goto(url)
    form = page.locator("form", has=page.locator("input[type=email]")).last
    form.locator("input[type=email]").fill(buyer["email"])
    form.locator("input[type=password]").fill(buyer["password"])
    form.locator("button[type=submit], button:not([type])").first.click()
    page.wait_for_url("**/shop/**")


def keep(page: Page, name: str) -> None:
    """Write what the window shows."""
    page.wait_for_load_state("networkidle")
    page.evaluate(LOADED)
    path = TARGET / f"{name}.webp"
    Image.open(io.BytesIO(page.screenshot())).save(path, quality=82, method=6)
    print(f"✓ {path.relative_to(ROOT)}", flush=True)


if __name__ == "__main__":
    main()
