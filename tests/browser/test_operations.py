"""The operations pages by keyboard, on two screens, in both languages; axe finds nothing serious."""

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.test_link_form import serious
from tests.integration.test_operations import UNREAD, plant_dead_letter

from devstack.testing.stack import RunningStack
from devstack.world import cast

pytestmark = [pytest.mark.browser, pytest.mark.rule("K11")]
HOME = "/ops/notifications"


@pytest.fixture
def operator(context: BrowserContext, world: Mapping[str, Any]) -> Page:
    page = context.new_page()
    page.goto(f"{world['gateway']}/signin")
    page.get_by_label("Email").fill(cast.OPERATOR.email)
    page.get_by_label("Password", exact=True).fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Operations")
    return page


def test_every_card_tells_how_its_service_is(operator: Page) -> None:
    cards = operator.locator("[data-summary]")
    expect(cards).to_have_count(5)
    expect(operator.locator("[data-summary][data-state=here]")).to_have_count(5)
    for name in ("catalog", "checkout", "identity", "links", "notifications"):
        expect(cards.get_by_role("heading", name=name)).to_be_visible()
    assert serious(operator) == []


def test_a_card_asks_again_and_keeps_the_focus(operator: Page, world: Mapping[str, Any]) -> None:
    operator.clock.install()
    operator.goto(f"{world['gateway']}/ops")
    card = operator.locator("[data-summary='/ops/catalog/summary']")
    expect(card).to_have_attribute("data-state", "here")
    link = card.get_by_role("link", name="catalog")
    link.focus()
    operator.evaluate("document.querySelector('[data-summary] a').dataset.kept = 'yes'")
    with operator.expect_response("**/ops/catalog/summary"):
        operator.clock.run_for(16_000)
    expect(link).to_be_focused()
    expect(link).to_have_attribute("data-kept", "yes")
    operator.route("**/ops/catalog/summary", lambda route: route.abort())
    operator.clock.run_for(16_000)
    expect(card.get_by_text("Does not answer")).to_be_visible()
    expect(link).to_be_focused()
    operator.unroute("**/ops/catalog/summary")
    operator.clock.run_for(16_000)
    expect(card).to_have_attribute("data-state", "here")
    expect(card.get_by_text("Does not answer")).to_have_count(0)


def test_a_dead_letter_is_skipped_by_keyboard(
    operator: Page, stack: RunningStack, world: Mapping[str, Any]
) -> None:
    event_id = plant_dead_letter(stack)
    operator.goto(f"{world['gateway']}{HOME}/letters?name={UNREAD}")
    row = operator.get_by_role("row").filter(has_text=str(event_id))
    expect(row).to_be_visible()
    assert serious(operator) == []
    row.locator("summary").focus()
    operator.keyboard.press("Enter")
    expect(row.get_by_label("Why?")).to_be_visible()
    assert serious(operator) == []
    operator.keyboard.press("Tab")
    operator.keyboard.type("nobody needs it")
    operator.keyboard.press("Enter")
    expect(operator.get_by_text("It is skipped.")).to_be_visible()
    assert operator.url.endswith(f"/letters?name={UNREAD}")
    expect(operator.get_by_text(str(event_id))).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_page_shuts_anybody_out(
    operator: Page, stack: RunningStack, world: Mapping[str, Any], language: str
) -> None:
    plant_dead_letter(stack)
    address = {"name": "language", "value": language, "url": world["gateway"]}
    operator.context.add_cookies([address])  # type: ignore[list-item]
    group = f"/groups?kind=event&name={UNREAD}"
    for path in ("", "/letters", group, "/outbox", "/inbox", "/calls", "/log"):
        operator.goto(f"{world['gateway']}{HOME}{path}")
        assert operator.evaluate("document.documentElement.lang") == language
        operator.evaluate(
            "document.querySelectorAll('main details').forEach((d) => (d.open = true))"
        )
        assert serious(operator) == [], path
        wider = "document.documentElement.scrollWidth - window.innerWidth"
        assert operator.evaluate(wider) <= 0, path
