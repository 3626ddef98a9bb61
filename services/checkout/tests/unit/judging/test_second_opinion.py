"""Every random checkout costs and asks for what the rules alone say: zero differences."""

import os
from random import Random

import pytest

from .calculator import calculate
from .cases import make_case
from .of_case import judged, plainly

CASES = int(os.environ.get("QUOTE_CASES", "2000"))
SEED = os.environ.get("SEED") or "2027"


@pytest.mark.timeout(60 + CASES // 100)
@pytest.mark.rule(
    *("R85", "R86", "R89", "R90", "R91", "R92", "R98", "R99", "R100", "R101", "R102", "R103"),
    *("R105", "R113", "R121", "R136", "R138", "R139", "R140", "R141", "D4", "D7", "D16", "D23"),
)
def test_the_quote_is_what_an_independent_calculator_says() -> None:
    seen: set[str] = set()
    for number in range(CASES):
        case = make_case(Random(f"{SEED} {number}"))
        expected = calculate(case)
        assert plainly(judged(case)) == expected, (SEED, number, case)
        seen |= _kinds(expected)
    assert seen == {"a fee", "a fee with tax", "no rate applies", "no shipping", "shown", "hidden"}


def _kinds(expected: dict[str, object]) -> set[str]:
    """Return what kind of outcome it is: the cases must reach all of them."""
    kinds = {"shown" if expected["is_address_shown"] else "hidden"}
    orders = expected["orders"]
    assert isinstance(orders, list)
    for order in orders:
        if not order["applies"]:
            kinds.add("no shipping")
        elif order["rate"] is None:
            kinds.add("no rate applies")
        else:
            kinds.add("a fee" if order["fee_tax"] is None else "a fee with tax")
    return kinds
