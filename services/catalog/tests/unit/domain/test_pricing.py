"""Prices against a calculator written from the rules alone, in whole numbers."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.pricing import Tax, tax_for, tax_lines, unit_price
from catalog.domain.rates import Override, rate_for
from catalog.domain.terms import Rate
from common.money import Money

WOMEN, TEE = UUID(int=1), UUID(int=2)
BUYERS_OWN = Rate("ratio", Decimal("0.6000"))


def make_tax(number: int = 7, *, rounding: str = "down", percent: str = "10") -> Tax:
    return Tax(UUID(int=number), "消費税", "JP", Decimal(percent), False, rounding)


def calculated(minor: int, kind: str, ten_thousandths: int) -> int:
    """Return list × ratio, or list × (100 % − percent), half up, without Decimal."""
    whole = 10_000 if kind == "ratio" else 1_000_000
    factor = ten_thousandths if kind == "ratio" else whole - ten_thousandths
    return (2 * minor * factor + whole) // (2 * whole)


@pytest.mark.rule("R57", "R64")
@given(
    st.integers(0, 10**10),
    st.sampled_from(("ratio", "percent_off")),
    st.integers(0, 20_000),
    st.sampled_from(("JPY", "USD", "KWD")),
)
def test_a_unit_costs_what_an_independent_calculator_says(
    minor: int, kind: str, ten_thousandths: int, currency: str
) -> None:
    rate = Rate(kind, Decimal(ten_thousandths).scaleb(-4))
    expected = Money(calculated(minor, kind, ten_thousandths), currency)
    assert unit_price(Money(minor, currency), rate) == expected


@pytest.mark.rule("R64")
def test_half_a_minor_unit_rounds_up_once_per_unit() -> None:
    assert unit_price(Money(5, "JPY"), Rate("ratio", Decimal("0.5"))) == Money(3, "JPY")


@pytest.mark.rule("R59")
@pytest.mark.parametrize(
    ("given_overrides", "source"),
    [
        (("catalog_product", "product", "catalog"), "catalog_product"),
        (("product", "catalog"), "product"),
        (("catalog",), "catalog"),
        ((), "buyer"),
    ],
)
def test_the_narrowest_override_wins(given_overrides: tuple[str, ...], source: str) -> None:
    places = {
        "catalog_product": (WOMEN, TEE),
        "product": (None, TEE),
        "catalog": (WOMEN, None),
    }
    overrides = [
        Override(*places[name], Rate("ratio", Decimal(1 + number)))
        for number, name in enumerate(reversed(given_overrides))
    ]
    found = rate_for(catalog_id=WOMEN, product_id=TEE, overrides=overrides, buyer_rate=BUYERS_OWN)
    assert found.source == source


@pytest.mark.rule("R59")
def test_an_override_of_another_catalog_or_product_does_not_apply() -> None:
    overrides = [
        Override(UUID(int=8), None, Rate("ratio", Decimal("0.1"))),
        Override(None, UUID(int=9), Rate("ratio", Decimal("0.2"))),
        Override(WOMEN, UUID(int=9), Rate("ratio", Decimal("0.3"))),
    ]
    found = rate_for(catalog_id=WOMEN, product_id=TEE, overrides=overrides, buyer_rate=BUYERS_OWN)
    assert found == BUYERS_OWN


@pytest.mark.rule("R63")
def test_a_tax_is_added_only_in_its_own_country() -> None:
    tax = make_tax()
    assert tax_for(tax, buyer_country="JP") == tax
    assert tax_for(tax, buyer_country="US") is None
    assert tax_for(None, buyer_country="JP") is None


@pytest.mark.rule("R63")
@pytest.mark.parametrize(("rounding", "expected"), [("down", 1), ("half_up", 2), ("up", 2)])
def test_tax_is_rounded_once_over_the_sum_in_its_own_way(rounding: str, expected: int) -> None:
    tax = make_tax(rounding=rounding)
    [line] = tax_lines([(tax, Money(5, "JPY")), (tax, Money(5, "JPY")), (tax, Money(5, "JPY"))])
    assert (line.base, line.amount) == (Money(15, "JPY"), Money(expected, "JPY"))


@pytest.mark.rule("R63")
def test_each_tax_of_an_order_has_a_line_of_its_own() -> None:
    full, reduced = make_tax(1), make_tax(2, percent="8")
    yen = Money(1000, "JPY")
    lines = tax_lines([(full, yen), (None, yen), (reduced, yen), (full, yen)])
    assert [(line.base.minor, line.amount.minor) for line in lines] == [(2000, 200), (1000, 80)]
