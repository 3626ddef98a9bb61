"""What brands and buyers call their things may be long: a page is never wider than its window."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
NAMED = "h1, h2, h3, tbody th, tbody td:not(.is-number), tbody a:not(.button), dd, .card__name, .shop-who span"
RENAME = """([named, name]) => [...document.querySelectorAll(named)]
  .filter((each) => !each.children.length)
  .map((each) => { each.textContent = name; }).length"""
WIDER = "() => document.documentElement.scrollWidth - window.innerWidth"


@pytest.mark.parametrize("name", ["Outerwear" * 22, "銀座並木通り婦人服飾雑貨専門店本館" * 12])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("shown", ["links", "order", "shop", "product", "checkout"])
def test_long_names_never_widen_a_page(
    page: Page, gallery: str, shown: str, width: int, name: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{gallery}/{shown}")
    assert page.evaluate(RENAME, [NAMED, name]) > 0
    assert page.evaluate(WIDER) <= 0
