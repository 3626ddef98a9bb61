"""A price as somebody typed it, in whole minor units (R64)."""

import re
import unicodedata
from decimal import Decimal

from common.errors import FieldError, Invalid
from common.money import exponent

MOST = 10**12
AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{0,6})?", re.ASCII)
"""No powers of ten: 1e999999 is a number to Decimal, and beyond what it can compute with."""


def read_amount(typed: str, currency: str, *, field: str) -> int | None:
    """Return the minor units, None for nothing typed. Full-width digits are read. Raises Invalid."""
    text = unicodedata.normalize("NFKC", typed).replace(",", "").strip()
    if not text:
        return None
    if not AMOUNT.fullmatch(text):
        raise _wrong(field, "Give an amount in digits.")
    minor = Decimal(text).scaleb(exponent(currency))
    if minor != minor.to_integral_value():
        raise _wrong(field, "This has more decimals than the currency.")
    if not 0 <= minor < MOST:
        raise _wrong(field, "A price is 0 or more, and not beyond all measure.")
    return int(minor)


def written_amount(minor: int | None, currency: str) -> str:
    """Return the amount as a field shows it: 6800 for yen, 48.00 for dollars."""
    if minor is None:
        return ""
    return format(Decimal(minor).scaleb(-exponent(currency)), "f")


def _wrong(field: str, words: str) -> Invalid:
    return Invalid("Some fields are not right.", errors=[FieldError(field, "invalid", words)])
