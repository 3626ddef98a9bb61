"""Amounts as Stripe takes them (R124). Source: https://docs.stripe.com/currencies

Stripe counts in the currency's smallest unit as we do, but for three kinds of currency.
"""

from common.errors import Conflict
from common.money import Money

WITHOUT_DECIMALS = frozenset(
    {
        *("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA"),
        *("PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"),
    }
)
THREE_DECIMALS = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})
"""Their amounts must end in 0: the last digit cannot be charged."""
WHOLE_ONLY = frozenset({"ISK", "UGX"})
"""Written with two decimals that must be 0."""


class NotChargeable(Conflict):
    """A card cannot be charged with exactly this amount."""

    code = "not_chargeable"
    rule = "R124"


def stripe_amount(amount: Money) -> int:
    """Return the amount in Stripe's unit. Raises NotChargeable for one that it cannot express."""
    exact = amount.decimal.scaleb(_decimals(amount.currency))
    minor = int(exact)
    step = 10 if amount.currency in THREE_DECIMALS else 100 if amount.currency in WHOLE_ONLY else 1
    if minor != exact or minor % step or minor <= 0:
        raise NotChargeable("A card cannot be charged with exactly this amount.")
    return minor


def is_chargeable(amount: Money) -> bool:
    """Say whether stripe_amount() would return one."""
    try:
        stripe_amount(amount)
    except NotChargeable:
        return False
    return True


def _decimals(currency: str) -> int:
    if currency in WITHOUT_DECIMALS:
        return 0
    return 3 if currency in THREE_DECIMALS else 2
