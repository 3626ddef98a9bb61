"""A rate as somebody typed it (D17)."""

from decimal import Decimal, InvalidOperation

from common.errors import FieldError, Invalid

KINDS = ("ratio", "percent_off")
STEP = Decimal("0.0001")


def read_rate(kind: str, value: str) -> Decimal:
    """Return the value; ratio above 0 to 10, percent off 0 to 100, 4 decimals (D17). Raises Invalid."""
    try:
        number = Decimal(value.strip())
        is_exact = number.is_finite() and number == number.quantize(STEP)
    except InvalidOperation:
        is_exact = False
        number = Decimal(0)
    if kind not in KINDS:
        raise _wrong("kind", "Choose ratio or percent off.")
    if not is_exact:
        raise _wrong("value", "Give a number with at most 4 decimals.")
    if kind == "ratio" and not 0 < number <= 10:
        raise _wrong("value", "A ratio is more than 0 and at most 10.")
    if kind == "percent_off" and not 0 <= number <= 100:
        raise _wrong("value", "Percent off is from 0 to 100.")
    return number


def _wrong(field: str, words: str) -> Invalid:
    return Invalid("Some fields are not right.", errors=[FieldError(field, "invalid", words)])
