from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import Invalid
from common.money import CurrenciesDiffer, Money, exponent


@pytest.mark.rule("R64")
@pytest.mark.parametrize(("currency", "decimals"), [("JPY", 0), ("USD", 2), ("KWD", 3)])
def test_the_minor_unit_is_the_currencys(currency: str, decimals: int) -> None:
    assert exponent(currency) == decimals
    assert Money(12345, currency).decimal == Decimal(12345).scaleb(-decimals)


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("10.5", "JPY", 11), ("10.4999", "JPY", 10), ("0.125", "USD", 13), ("0.1245", "KWD", 125)],
)
def test_halves_are_rounded_up_once(amount: str, currency: str, minor: int) -> None:
    assert Money.from_decimal(Decimal(amount), currency) == Money(minor, currency)


@given(st.integers(0, 10**9), st.integers(0, 100))
def test_a_share_is_never_more_than_half_a_unit_off(minor: int, percent: int) -> None:
    exact = Decimal(minor) * percent / 100
    assert abs(Money(minor, "USD").share(percent).minor - exact) <= Decimal("0.5")


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrenciesDiffer):
        Money(1, "USD") + Money(1, "EUR")


@pytest.mark.parametrize("wrong", [1.5, True, "1"])
def test_minor_units_are_whole_numbers(wrong: object) -> None:
    with pytest.raises(TypeError):
        Money(wrong, "USD")  # type: ignore[arg-type]


def test_json_goes_round_and_refuses_nonsense() -> None:
    assert Money.of_json(Money(4000, "EUR").as_json()) == Money(4000, "EUR")
    with pytest.raises(Invalid):
        Money.of_json({"minor": "4000", "currency": "EUR"})
