"""The size × colour grid under a buyer's hands: keys, paste, saving, refusals."""

from itertools import chain, repeat

import pytest
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.browser


def cell(page: Page, colour: str, size: str) -> Locator:
    return page.get_by_label(f"Workroom Overshirt, {colour}, {size}", exact=True)


def state(page: Page) -> Locator:
    return page.locator("[data-grid-state]")


@pytest.fixture
def grid(page: Page, gallery: str) -> Page:
    with page.expect_response("**/cart/demo/lines"):
        page.goto(f"{gallery}/product")
    return page


def paste(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def test_typed_quantities_are_saved_summed_and_there_after_a_reload(grid: Page) -> None:
    cell(grid, "Ink", "S").fill("12")
    cell(grid, "Ink", "S").press("Enter")
    expect(cell(grid, "Sage", "S")).to_be_focused()
    grid.keyboard.type("3")
    grid.keyboard.press("ArrowRight")
    expect(cell(grid, "Sage", "M")).to_be_focused()
    expect(state(grid)).to_have_text("Saved")
    expect(grid.locator("[data-grid-sum]")).to_have_text("15")
    expect(grid.locator("[data-cart-units]")).to_have_text("15")

    grid.reload()

    expect(cell(grid, "Ink", "S")).to_have_value("12")
    expect(grid.locator("[data-column-sum='1']")).to_have_text("15")


def test_arrows_step_over_a_size_that_is_not_made(grid: Page) -> None:
    cell(grid, "Sage", "XS").press("ArrowDown")
    expect(cell(grid, "Sage", "XS")).to_be_focused()
    cell(grid, "Brick", "S").press("ArrowUp")
    expect(cell(grid, "Sage", "S")).to_be_focused()


def test_a_block_from_a_spreadsheet_lands_cell_by_cell(grid: Page) -> None:
    cell(grid, "Ecru", "M").focus()
    paste(grid, "1\t２\t3\r\n4\t\t1,0\r\n")

    expect(cell(grid, "Ecru", "L")).to_have_value("2")
    expect(cell(grid, "Ink", "M")).to_have_value("4")
    expect(cell(grid, "Ink", "L")).to_have_value("")
    expect(cell(grid, "Ink", "XL")).to_have_value("1,0")
    expect(state(grid)).to_contain_text("Not saved")
    expect(grid.locator("[data-cart-units]")).to_have_text("10")


def test_copying_takes_the_row(grid: Page) -> None:
    cell(grid, "Ink", "S").fill("7")
    cell(grid, "Ink", "L").fill("9")
    cell(grid, "Ink", "S").focus()
    grid.keyboard.press("Control+c")

    assert grid.evaluate("navigator.clipboard.readText()") == "\t7\t\t9\t"


def test_a_refusal_stands_at_its_cell(grid: Page) -> None:
    cell(grid, "Ink", "S").fill("501")
    cell(grid, "Ink", "S").press("Tab")

    expect(grid.get_by_text("No more than 500 of this size.")).to_be_visible()
    expect(cell(grid, "Ink", "S")).to_have_attribute("aria-invalid", "true")

    cell(grid, "Ink", "S").fill("500")
    cell(grid, "Ink", "S").press("Tab")

    expect(state(grid)).to_have_text("Saved")
    expect(cell(grid, "Ink", "S")).to_have_attribute("aria-invalid", "false")


def test_a_failing_cart_is_asked_again_and_then_by_hand(grid: Page) -> None:
    answers = chain(repeat(503, 3), repeat(0))

    def answer(route: Route) -> None:
        status = next(answers) if route.request.method == "PUT" else 0
        route.fulfill(status=status, body="{}") if status else route.continue_()

    grid.route("**/cart/demo/lines", answer)
    cell(grid, "Ink", "S").fill("5")
    cell(grid, "Ink", "S").press("Tab")
    expect(state(grid)).to_contain_text("Not saved", timeout=10_000)

    state(grid).get_by_role("button").click()

    expect(state(grid)).to_have_text("Saved")
    expect(grid.locator("[data-cart-units]")).to_have_text("5")
