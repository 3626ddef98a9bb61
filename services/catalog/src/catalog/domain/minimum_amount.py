"""The least that an order of a catalog must come to, by currency."""

from collections.abc import Mapping
from typing import Any

from catalog.domain.terms import Terms
from common.money import Money


def minimum_of(minimum_amounts: Mapping[str, Any], terms: Terms) -> Money | None:
    """Return the least that an order of a catalog must come to; None: any amount."""
    least = minimum_amounts.get(terms.currency)
    return Money(int(least), terms.currency) if least else None


def is_below(goods: Money, minimum: Money | None) -> bool:
    """Whether there is something to order, and not enough of it; nothing at all is not too little."""
    return minimum is not None and Money.zero(goods.currency) < goods < minimum
