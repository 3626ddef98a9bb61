"""Amounts as people and files write them."""

import pytest

from catalog.domain.typed_amount import read_amount, written_amount
from common.errors import Invalid


@pytest.mark.rule("R64")
@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("6800", "JPY", 6800),
        ("１２,３００", "JPY", 12300),
        ("48.5", "USD", 4850),
        ("0", "USD", 0),
        ("1.234", "KWD", 1234),
        ("5.000", "JPY", 5),
        (" ", "JPY", None),
    ],
)
def test_an_amount_is_read_in_minor_units(typed: str, currency: str, minor: int | None) -> None:
    assert read_amount(typed, currency, field="price") == minor
    again = written_amount(minor, currency)
    assert read_amount(again, currency, field="price") == minor


@pytest.mark.rule("R64")
@pytest.mark.parametrize(
    "typed", ["1.5", "-1", "1e9", "1e999999", "9e99999999999", "NaN", "Infinity", "0x1", "1_0", "٣"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        read_amount(typed, "JPY", field="price")
