"""An old order held against what can be ordered now (re-order into a new cart)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from checkout.domain.pricing import Line, PricedCatalog, Wish
from common.money import Money

Reason = Callable[[Wish, Sequence[PricedCatalog]], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainLine:
    """A line as it was ordered. `reason` says why it cannot be now; None: it can."""

    line: Line
    price_now: Money | None
    reason: str | None

    @property
    def wish(self) -> Wish:
        return wish_again(self.line)


def wish_again(line: Line) -> Wish:
    """Return the line as it would be put into a cart; the day it was wished for has passed."""
    return Wish(
        catalog_id=line.catalog_id, sku_id=line.sku_id, quantity=line.quantity, note=line.note
    )


def hold_against(
    ordered: Iterable[Line], priced: Sequence[PricedCatalog], *, reason_against: Reason
) -> tuple[AgainLine, ...]:
    """Return every line of the order with its price of now, in the order's own order."""
    prices = {
        (line.catalog_id, line.sku_id): line.unit_price
        for catalog in priced
        for line in catalog.lines
    }
    return tuple(
        AgainLine(
            line=line,
            price_now=prices.get((line.catalog_id, line.sku_id)),
            reason=reason_against(wish_again(line), priced),
        )
        for line in ordered
    )
