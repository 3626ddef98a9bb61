"""Every random cart is priced as the rules alone say: zero differences."""

import os
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID, uuid5

import pytest

from catalog.domain.rates import Override
from catalog.domain.terms import Rate, Terms
from catalog.store import models
from catalog.usecases.price_lines import AskedLine, PricedCatalog, priced_catalog, priced_line

from .calculator import calculate
from .cases import make_case

CASES = int(os.environ.get("PRICE_CASES", "3000"))
SEED = os.environ.get("SEED") or "2027"
SPACE = UUID(int=9)
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
    taxes = {name: _tax(name, tax) for name, tax in case["taxes"].items()}
    catalog_id = uuid5(SPACE, case["catalog"])
    lines = []
    for line in case["lines"]:
        product = _product(line["product"])
        known = (_sku(product), product, line["list"], taxes.get(line["tax"]))
        asked = AskedLine(catalog_id, known[0].id, line["quantity"])
        lines.append(priced_line(asked, known, terms, overrides))
    return priced_catalog(catalog_id, None, lines, terms)


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


def _tax(name: str, tax: Case) -> models.Tax:
    return models.Tax(
        maker_id=SPACE,
        id=uuid5(SPACE, name),
        brand_id=SPACE,
        names={"en": name},
        country=tax["country"],
        percent=Decimal(tax["percent"]),
        is_reduced=False,
        rounding=tax["rounding"],
    )


def _product(name: str) -> models.Product:
    return models.Product(
        maker_id=SPACE,
        id=uuid5(SPACE, name),
        brand_id=SPACE,
        model_number=name,
        names={},
        descriptions={},
        materials={},
        category="",
        tax_id=None,
    )


def _sku(product: models.Product) -> models.Sku:
    return models.Sku(
        maker_id=SPACE,
        brand_id=SPACE,
        product_id=product.id,
        number="S-1",
        colour="white",
        colour_names={},
        colour_hex="#ffffff",
        size="M",
        position=0,
    )
