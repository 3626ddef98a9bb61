"""What staff forgot or mistyped is told by the page in its own language, and nothing is lost."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .test_staff_lists_fit import sign_in

pytestmark = pytest.mark.browser
SHIPPING = "a[href^='/shipping/new']"
FORMS = {
    "/buyers/new": ("#tax_id", "名前: 入力してください。"),
    "/team/invite": ("#email", "メールアドレスを正しく入力してください。"),
    "/settings": ("#new_term_name", "入力してください。"),
    "/settings/brands/new": ("#code", "入力してください。"),
    SHIPPING: ("#code", "必須項目です。"),
}


@pytest.fixture
def page(chromium: Browser, world: Mapping[str, Any]) -> Iterator[Page]:
    """Give a page in Japanese, signed in, in a browser that speaks English."""
    page = chromium.new_page(locale="en-GB")
    sign_in(page, world)
    page.goto(f"{world['gateway']}/links?language=ja")
    yield page
    page.close()


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_field_is_told_by_the_page_and_what_was_typed_stays(
    page: Page, world: Mapping[str, Any], form: str
) -> None:
    field, sentence = FORMS[form]
    page.goto(f"{world['gateway']}{'/shipping' if form == SHIPPING else form}")
    if form == SHIPPING:
        page.locator(SHIPPING).first.click()
    if form == "/settings":
        page.fill("#name", "")
    page.fill(field, "XY")
    page.locator(".content form.form button[type=submit]").first.click()
    expect(page.locator(".summary")).to_contain_text(sentence)
    expect(page.locator(field)).to_have_value("XY")
    assert page.locator(".summary a").evaluate_all(
        "(all) => all.every((each) => document.getElementById(each.hash.slice(1)))"
    )
