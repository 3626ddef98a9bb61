"""Which shipping is in force and which rate applies, case by case."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkout.domain.shipping import (
    ChosenRate,
    Destination,
    RateGroup,
    ShippingRate,
    ShippingRow,
    choose_rate,
    rows_in_force,
)
from common.ids import new_id
from common.money import Money

TOKYO = Destination(country="JP", state="東京都")
OKINAWA = Destination(country="JP", state="沖縄県")


def yen(minor: int) -> Money:
    return Money(minor, "JPY")


def rate(code: str, fee: int, **given: object) -> ShippingRate:
    return ShippingRate(code=code, name=code, fee=yen(fee), **given)  # type: ignore[arg-type]


def group(*rates: ShippingRate, country: str | None = "JP", **given: object) -> RateGroup:
    whole = RateGroup(
        rate_group_id=new_id(),
        code="G",
        name="Group",
        currency="JPY",
        country=country,
        is_enabled=True,
        rates=rates,
    )
    return replace(whole, **given)  # type: ignore[arg-type]


def row(of: RateGroup, country: str | None = "JP", currency: str = "JPY") -> ShippingRow:
    return ShippingRow(currency=currency, country=country, rate_group_id=of.rate_group_id)


def by_id(*groups: RateGroup) -> dict[UUID, RateGroup]:
    return {each.rate_group_id: each for each in groups}


def chosen(
    *groups: RateGroup,
    goods: int = 10_000,
    to: Destination = TOKYO,
    countries: tuple[str | None, ...] = (),
) -> str | None:
    """Return the code of the rate that a row for each group leads to."""
    places = countries or tuple(each.country for each in groups)
    rows = [row(each, country) for each, country in zip(groups, places, strict=True)]
    found: ChosenRate | None = choose_rate(rows, by_id(*groups), goods=yen(goods), destination=to)
    return found.rate.code if found else None


class TestRowsInForce:
    @pytest.mark.rule("R89")
    def test_the_catalogs_rows_count_when_no_row_of_the_link_is_usable(self) -> None:
        off, empty, own = group(rate("A", 1), is_enabled=False), group(), group(rate("B", 2))
        missing = replace(row(own), rate_group_id=new_id())
        link_rows = [row(off), row(empty), missing]
        assert rows_in_force(link_rows, [row(own)], by_id(off, empty, own)) == (row(own),)

    @pytest.mark.rule("R90")
    def test_one_usable_row_shuts_the_catalogs_out_even_where_it_covers_nothing(self) -> None:
        dollars = group(rate("USD", 1), currency="USD", country="US")
        own = group(rate("B", 2))
        only = row(dollars, "US", "USD")
        assert rows_in_force([only], [row(own)], by_id(dollars, own)) == (only,)

    @pytest.mark.rule("R131")
    def test_nothing_on_either_side_is_no_shipping(self) -> None:
        assert rows_in_force([], [], {}) == ()


class TestChooseRate:
    @pytest.mark.rule("R133", "R136")
    def test_a_group_for_the_country_goes_before_all_countries(self) -> None:
        dear, cheap = group(rate("JP", 900)), group(rate("ALL", 100), country=None)
        assert chosen(dear, cheap) == "JP"
        assert chosen(dear, cheap, to=Destination(country="FR")) == "ALL"

    @pytest.mark.rule("R138")
    @pytest.mark.parametrize(
        ("goods", "code"), [(999, None), (1000, "A"), (2000, "A"), (2001, None)]
    )
    def test_minimum_and_maximum_are_inclusive(self, goods: int, code: str | None) -> None:
        limited = rate("A", 500, minimum=yen(1000), maximum=yen(2000))
        assert chosen(group(limited), goods=goods) == code

    @pytest.mark.rule("R139")
    def test_a_rate_that_names_the_prefecture_goes_before_a_general_one(self) -> None:
        rates = group(rate("STD", 800), rate("FAR", 1600, prefectures=frozenset({"沖縄県"})))
        assert chosen(rates, to=OKINAWA) == "FAR"
        assert chosen(rates, to=TOKYO) == "STD"
        assert chosen(rates, to=Destination(country="JP", state="Okinawa")) == "FAR"

    @pytest.mark.rule("R140")
    def test_of_several_left_the_lowest_fee_wins(self) -> None:
        assert chosen(group(rate("A", 900), rate("B", 500), rate("C", 700))) == "B"

    @pytest.mark.rule("R134")
    def test_a_group_of_another_currency_or_country_never_applies(self) -> None:
        french = group(rate("FR", 1), country="FR")
        dollars = group(rate("USD", 1), currency="USD")
        assert chosen(french, countries=("JP",)) is None
        assert chosen(dollars) is None

    @pytest.mark.rule("R144")
    @given(goods=st.integers(0, 10**9))
    def test_a_rate_without_limits_always_applies(self, goods: int) -> None:
        assert chosen(group(rate("A", 1)), goods=goods) == "A"
