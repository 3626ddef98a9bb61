"""A second opinion on prices, written from the rules alone: fractions in, whole minor units out.

Nothing of the service is used, so that a mistake there is not repeated here.
"""

from fractions import Fraction
from math import ceil, floor
from typing import Any

Case = dict[str, Any]
NARROWEST_FIRST = (("catalog", "product"), ("product",), ("catalog",))
"""R59: an override of the product in the catalog, of the product, of the catalog, the buyer's own."""


def calculate(case: Case) -> Case:
    """Return the unit prices, goods and taxes of the lines of one catalog."""
    lines = [_line(case, line) for line in case["lines"]]
    goods, bases = 0, {}
    for asked, (unit, _source) in zip(case["lines"], lines, strict=True):
        if unit is None:
            continue
        goods += unit * asked["quantity"]
        tax = case["taxes"].get(asked["tax"])
        if tax is not None and tax["country"] == case["country"]:  # R63: only there
            bases[asked["tax"]] = bases.get(asked["tax"], 0) + unit * asked["quantity"]
    taxes = {name: _taxed(base, case["taxes"][name]) for name, base in bases.items()}
    return {"lines": lines, "goods": goods, "bases": bases, "taxes": taxes}


def _line(case: Case, line: Case) -> tuple[int | None, str]:
    rate, source = _rate(case, line["product"])
    listed = line["list"]
    if listed is None:  # R58
        return None, source
    if rate["kind"] == "ratio":
        factor = Fraction(rate["value"])
    else:
        factor = 1 - Fraction(rate["value"]) / 100
    return floor(listed * factor + Fraction(1, 2)), source  # D17: half up, once per unit


def _rate(case: Case, product: str) -> tuple[Case, str]:
    for names in NARROWEST_FIRST:
        for override in case["overrides"]:
            wants = ("catalog" in names, "product" in names)
            has = (override["catalog"] is not None, override["product"] is not None)
            is_here = override["catalog"] in (None, case["catalog"])
            if wants == has and is_here and override["product"] in (None, product):
                return override["rate"], "_".join(names)
    return case["rate"], "buyer"


def _taxed(base: int, tax: Case) -> int:
    exact = base * Fraction(tax["percent"]) / 100
    if tax["rounding"] == "down":
        return floor(exact)
    return ceil(exact) if tax["rounding"] == "up" else floor(exact + Fraction(1, 2))
