"""What may be saved as a rate group and as a rate (R135 to R139), and amounts as typed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkout.domain.amount import NotAnAmount, read_amount, write_amount
from checkout.domain.rate_group import GroupDraft, RateDraft, errors_in_group, errors_in_rate
from common.money import Money

ENABLED = ("JPY", "USD")


def group_errors(**given: object) -> set[tuple[str, str]]:
    fields = {"code": "JP", "name": "Japan", "currency": "JPY"} | given
    draft = GroupDraft(**fields)  # type: ignore[arg-type]
    return {
        (e.field, e.code) for e in errors_in_group(draft, currencies=ENABLED, other_codes={"US"})
    }


def rate_errors(country: str | None = "JP", **given: object) -> set[tuple[str, str]]:
    fields = {"code": "STD", "name": "Courier", "fee": Money(800, "JPY")} | given
    draft = RateDraft(**fields)  # type: ignore[arg-type]
    return {(e.field, e.code) for e in errors_in_rate(draft, country=country, other_codes={"FAR"})}


@pytest.mark.rule("R135")
def test_a_group_needs_code_name_and_an_enabled_currency() -> None:
    assert group_errors() == set()
    assert group_errors(code=" ", name="") == {("code", "required"), ("name", "required")}
    assert group_errors(currency="EUR") == {("currency", "R135")}
    assert group_errors(code="US ") == {("code", "taken")}


@pytest.mark.rule("R136")
def test_a_group_is_for_one_country_or_for_all() -> None:
    assert group_errors(country=None) == group_errors(country="JP") == set()
    assert group_errors(country="XX") == {("country", "unknown")}


@pytest.mark.rule("R141")
@pytest.mark.parametrize("percent", ["-0.0001", "100", "250"])
def test_a_tax_on_the_fee_is_a_percentage(percent: str) -> None:
    assert group_errors(tax_percent=Decimal(percent)) == {("tax_percent", "out_of_range")}
    assert group_errors(tax_percent=Decimal("10")) == set()


@pytest.mark.rule("R137")
def test_a_rate_needs_code_and_name() -> None:
    assert rate_errors() == set()
    assert rate_errors(code="", name=" ") == {("code", "required"), ("name", "required")}
    assert rate_errors(code="FAR") == {("code", "taken")}


@pytest.mark.rule("R138")
def test_limits_may_meet_but_not_cross() -> None:
    limit = Money(5000, "JPY")
    assert rate_errors(minimum=limit, maximum=limit) == set()
    assert rate_errors(minimum=limit, maximum=Money(4999, "JPY")) == {("maximum", "below_minimum")}


@pytest.mark.rule("R139")
def test_prefectures_are_for_japan_only() -> None:
    assert rate_errors(prefectures=("沖縄県",)) == set()
    for country in ("US", None):
        assert rate_errors(country, prefectures=("沖縄県",)) == {("prefectures", "R139")}
    assert rate_errors(prefectures=("Kent",)) == {("prefectures", "unknown")}


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("800", "JPY", 800),
        ("１，２００", "JPY", 1200),
        ("¥1,200", "JPY", 1200),
        ("12.5", "USD", 1250),
        ("0", "USD", 0),
        ("1.234", "KWD", 1234),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, currency: str, minor: int) -> None:
    assert read_amount(typed, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("800.5", "too_many_decimals"),
        ("-1", "negative"),
        ("free", "not_a_number"),
        ("", "not_a_number"),
        ("NaN", "not_a_number"),
        ("1e30", "too_high"),
    ],
)
def test_what_is_no_amount_is_refused(typed: str, code: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        read_amount(typed, "JPY")
    assert refused.value.code == code


@given(st.integers(0, 10**11), st.sampled_from(["JPY", "USD", "KWD"]))
def test_a_written_amount_reads_as_itself(minor: int, currency: str) -> None:
    assert read_amount(write_amount(Money(minor, currency)), currency) == Money(minor, currency)
