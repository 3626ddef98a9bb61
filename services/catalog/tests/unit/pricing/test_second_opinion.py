"""Every random cart is priced as the rules alone say: zero differences."""

import os
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

import pytest

from catalog.domain.priced import AskedLine, PricedCatalog, priced_line
from catalog.domain.rates import Override
from catalog.domain.terms import Rate, Terms
from catalog.usecases.price_lines import article_of, priced_catalog

from .calculator import calculate
from .cases import make_case

CASES = int(os.environ.get("PRICE_CASES", "3000"))
SEED = os.environ.get("SEED") or "2027"
SPACE = UUID(int=9)
NOW = datetime(2027, 1, 1, tzinfo=UTC)
Case = dict[str, Any]


@pytest.mark.timeout(60 + CASES // 100)
@pytest.mark.rule("R57", "R58", "R59", "R63", "R64", "D17")
def test_prices_are_what_an_independent_calculator_says() -> None:
    sources = set()
    for number in range(CASES):
        case = make_case(Random(f"{SEED} {number}"))
        expected = calculate(case)
        assert plainly(case, priced(case)) == expected, (SEED, number, case)
        sources |= {source for _, source in expected["lines"]}
    assert sources == {"catalog_product", "product", "catalog", "buyer"}


def priced(case: Case) -> PricedCatalog:
    """Return what the service says of the case."""
    terms = Terms(
        trade_term_id=SPACE,
        currency=case["currency"],
        language="en",
        country=case["country"],
        rate=_rate(case["rate"]),
        default_language="en",
    )
    overrides = [
        Override(_id(each["catalog"]), _id(each["product"]), _rate(each["rate"]))
        for each in case["overrides"]
    ]
    catalog_id = uuid5(SPACE, case["catalog"])
    lines = []
    for line in case["lines"]:
        article = article_of(_row(line, case["taxes"]), terms)
        asked = AskedLine(catalog_id, article.sku_id, line["quantity"])
        lines.append(priced_line(asked, article, terms, overrides))
    return priced_catalog(catalog_id, None, lines, terms, now=NOW)


def plainly(case: Case, found: PricedCatalog) -> Case:
    """Return the answer in the calculator's words."""
    names = {uuid5(SPACE, name): name for name in case["taxes"]}
    return {
        "lines": [
            (
                line.unit_price.minor if line.unit_price else None,
                line.rate.source if line.rate else "",
            )
            for line in found.lines
        ],
        "goods": found.goods.minor,
        "bases": {names[each.tax.id]: each.base.minor for each in found.taxes},
        "taxes": {names[each.tax.id]: each.amount.minor for each in found.taxes},
    }


def _rate(rate: Case) -> Rate:
    return Rate(rate["kind"], Decimal(rate["value"]))


def _id(name: str | None) -> UUID | None:
    return uuid5(SPACE, name) if name else None


def _row(line: Case, taxes: Case) -> SimpleNamespace:
    """Return what the database gives for the line's SKU."""
    name = line["tax"]
    tax = taxes.get(name)
    return SimpleNamespace(
        sku_id=uuid5(SPACE, f"SKU of {line['product']}"),
        number="S-1",
        colour_names={},
        size="M",
        minimum=None,
        multiple=None,
        product_position=0,
        sku_position=0,
        product_id=uuid5(SPACE, line["product"]),
        model_number=line["product"],
        product_names={},
        list_minor=line["list"],
        tax_id=uuid5(SPACE, name) if tax else None,
        tax_names={"en": name} if tax else None,
        country=tax["country"] if tax else None,
        percent=Decimal(tax["percent"]) if tax else None,
        is_reduced=False if tax else None,
        rounding=tax["rounding"] if tax else None,
    )
