"""A season's order: sixty cells by keyboard, by paste and by touch, each kept as it is left."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from devstack.world import cast

from .test_ordering_by_each_method import enter

pytestmark = pytest.mark.browser
LINK, CELLS = "transition_off", 60
ASK_FOR_CELL = "document.activeElement.matches('.grid__input')"


def by_keyboard(page: Page) -> None:
    """Type in each cell; arrows lead along a row, Tab over its end into the next grid."""
    cells(page).first.click()
    for number in range(CELLS):
        while not page.evaluate(ASK_FOR_CELL):
            page.keyboard.press("Tab")
        page.keyboard.type(str(quantity(number)))
        before = focused(page)
        page.keyboard.press("ArrowRight")
        if focused(page) == before:
            page.keyboard.press("Tab")


def by_paste(page: Page) -> None:
    """Paste a block of a spreadsheet into the first cell of each grid."""
    number = 0
    for table in page.locator("table.grid").all():
        if number >= CELLS:
            break
        block: list[list[str]] = []
        for row in table.locator("tbody tr").all():
            width = min(row.locator(".grid__input").count(), CELLS - number)
            block.append([str(quantity(number + across)) for across in range(width)])
            number += width
        text = "\r\n".join("\t".join(line) for line in block)
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        table.locator(".grid__input").first.click()
        page.keyboard.press("Control+V")


def by_touch(page: Page) -> None:
    for number, cell in enumerate(cells(page).all()[:CELLS]):
        cell.tap()
        page.keyboard.type(str(quantity(number)))


@pytest.mark.rule("R33", "R56", "R94")
@pytest.mark.parametrize(
    ("screen", "fill"), [("desktop", by_keyboard), ("desktop", by_paste), ("phone", by_touch)]
)
def test_sixty_cells_are_kept_and_ordered(
    new_context: Callable[[str], BrowserContext],
    make_buyer: Callable[..., cast.Buyer],
    world: Mapping[str, Any],
    screen: str,
    fill: Callable[[Page], None],
) -> None:
    link, buyer = world["links"][LINK], make_buyer(language="en")
    page = open_catalog(new_context(screen), link, str(buyer.login_email))
    fill(page)
    page.keyboard.press("Tab")
    wanted = sorted(quantity(number) for number in range(CELLS))
    expect(page.locator(".grid__input.is-saving")).to_have_count(0, timeout=30_000)
    expect(page.locator(".grid__input.is-failed")).to_have_count(0)
    expect(page.locator("[data-cart-units]").first).to_have_text(str(sum(wanted)))
    assert sums_agree(page)

    elsewhere = open_catalog(new_context("phone"), link, str(buyer.login_email))
    expect(cells(elsewhere).first).to_have_value(str(quantity(0)))
    assert sorted(int(v) for v in values(elsewhere) if v) == wanted, "another device shows the same"
    kept = page.request.get(f"{world['gateway']}/cart/{link['token']}/lines").json()["lines"]
    assert sorted(line["quantity"] for line in kept) == wanted

    page.get_by_role("link", name="Review order").click()
    page.get_by_role("button", name="Place order").click()
    page.wait_for_url("**/receipts/**")
    expect(page.get_by_text(f"{CELLS} lines").first).to_be_visible()


@pytest.mark.rule("R56")
def test_one_run_is_taken_to_every_colour_and_into_a_spreadsheet(
    new_context: Callable[[str], BrowserContext],
    make_buyer: Callable[..., cast.Buyer],
    world: Mapping[str, Any],
) -> None:
    link, buyer = world["links"][LINK], make_buyer(language="en")
    page = open_catalog(new_context("desktop"), link, str(buyer.login_email))
    box = page.locator(".grid-box", has=page.locator("tbody tr:nth-child(2)")).first
    table = box.locator("table.grid")
    button = box.get_by_text("Same run for every colour")
    expect(button).to_be_hidden()
    first, second = table.locator("tbody tr").all()[:2]
    run = []
    for number, cell in enumerate(first.locator(".grid__input").all(), start=1):
        cell.fill(str(number))
        run.append(str(number))
    button.click()
    expect(page.locator(".grid__input.is-saving")).to_have_count(0, timeout=30_000)
    assert second.locator(".grid__input").evaluate_all("all => all.map(each => each.value)") == run
    assert sums_agree(page)
    first.locator(".grid__input").first.click()
    page.keyboard.press("Control+C")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.split("\t") == run


@pytest.mark.rule("R56")
def test_a_cell_that_cannot_be_saved_says_so_and_is_tried_again(
    new_context: Callable[[str], BrowserContext],
    make_buyer: Callable[..., cast.Buyer],
    world: Mapping[str, Any],
) -> None:
    link, buyer = world["links"][LINK], make_buyer(language="en")
    context = new_context("phone")
    page = open_catalog(context, link, str(buyer.login_email))
    context.set_offline(True)
    cell = cells(page).first
    cell.fill("4")
    cell.blur()
    expect(page.get_by_text("Check your connection").first).to_be_visible(timeout=15_000)
    context.set_offline(False)
    page.get_by_role("button", name="Try again").first.click()
    expect(page.locator("[data-grid-state]").first).to_have_text("Saved")
    page.reload()
    expect(cells(page).first).to_have_value("4")


def open_catalog(context: BrowserContext, link: Mapping[str, Any], email: str) -> Page:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    enter(page, link["url"], email, button="Login with Offline Buyer")
    page.locator("a[href*='/catalogs/']").first.click()
    expect(cells(page).first).to_be_visible()
    assert cells(page).count() >= CELLS
    return page


def cells(page: Page) -> Locator:
    return page.locator(".grid__input")


def quantity(number: int) -> int:
    return 2 + number % 5


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.dataset.sku ?? ''"))


def values(page: Page) -> list[str]:
    found: list[str] = cells(page).evaluate_all("all => all.map(each => each.value)")
    return found


def sums_agree(page: Page) -> bool:
    """Say whether each grid's sum is that of its rows and that of its columns."""
    grids = page.locator("table.grid").evaluate_all(
        """all => all.map(table => ["data-row-sum", "data-column-sum", "data-grid-sum"].map(kind =>
             [...table.querySelectorAll(`[${kind}]`)].reduce((sum, each) => sum + Number(each.textContent), 0)))"""
    )
    return all(len(set(sums)) == 1 for sums in grids)
