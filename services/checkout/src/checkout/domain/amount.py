"""An amount as a person types it, into money."""

import unicodedata
from decimal import Decimal, InvalidOperation

from common.money import Money, exponent

HIGHEST = 10**12


class NotAnAmount(ValueError):
    """`code` says why: not_a_number, negative, too_many_decimals, too_high."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_amount(text: str, currency: str) -> Money:
    """Return what was typed: full-width digits and grouping commas are fine. Raises NotAnAmount."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").lstrip("¥$€£")
    try:
        amount = Decimal(plain)
    except InvalidOperation as wrong:
        raise NotAnAmount("not_a_number") from wrong
    if not amount.is_finite():
        raise NotAnAmount("not_a_number")
    if amount < 0:
        raise NotAnAmount("negative")
    if amount >= HIGHEST:
        raise NotAnAmount("too_high")
    if amount != amount.quantize(Decimal(1).scaleb(-exponent(currency))):
        raise NotAnAmount("too_many_decimals")
    return Money.from_decimal(amount, currency)


def write_amount(amount: Money | None) -> str:
    """Return the amount as read_amount takes it, for a form's field."""
    return f"{amount.decimal:f}" if amount is not None else ""
