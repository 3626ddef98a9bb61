"""Whatever people do to an order sheet: no crash, no wrong SKU, and what is whole is taken."""

import os
from random import Random

import pytest

from catalog.domain.order_sheet.columns import find_header
from catalog.domain.order_sheet.judging import WANTED, Articles, judge_rows
from common.errors import Invalid
from common.tables import read_cells

from .mutations import Filled, articles, damaged, fill, mutated, offer, written

CASES = int(os.environ.get("SHEET_MUTATIONS", "150"))
SEED = os.environ.get("SEED") or "2027"


@pytest.mark.timeout(60 + CASES // 10)
@pytest.mark.rule("R84")
def test_no_mutated_sheet_takes_a_wrong_sku() -> None:
    taken = 0
    for number in range(CASES):
        random = Random(f"{SEED} {number}")
        offered = offer(random)
        sheet = fill(offered, random)
        changes = mutated(sheet, random)
        found = read(written(sheet, random), offered)
        taken += len(found)
        assert is_right(sheet, found), (SEED, number, changes, found, sheet.truth)
    assert taken > CASES


@pytest.mark.timeout(60 + CASES // 10)
def test_no_damaged_file_crashes_or_names_what_is_not_there() -> None:
    for number in range(CASES):
        random = Random(f"{SEED} damaged {number}")
        offered = offer(random)
        content = damaged(written(fill(offered, random), random), random)
        try:
            found = read(content, offered)
        except Invalid:
            continue
        assert found.keys() <= {each.sku_number for each in offered}


def read(content: bytes, offered: list) -> dict[str, int]:  # type: ignore[type-arg]
    """Return what the file puts into the cart, by SKU number."""
    rows = read_cells(content)
    header = find_header([cells for _, cells in rows])
    named = [
        (number, {key: cells[at] for key, at in header.places.items() if at < len(cells)})
        for number, cells in rows[header.row + 1 :]
    ]
    judged = judge_rows(named, Articles(articles(offered)), closed=None)
    numbers = {each.sku_id: each.sku_number for each in offered}
    return {
        numbers[each.sku_id]: each.quantity
        for each in judged
        if each.fate == WANTED and each.sku_id is not None and each.quantity is not None
    }


def is_right(sheet: Filled, found: dict[str, int]) -> bool:
    if sheet.is_whole:
        return found == sheet.truth
    return found.items() <= sheet.truth.items()
