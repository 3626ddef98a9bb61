"""An order as pages show it: its frozen part of the breakdown, typed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from checkout.deps import deps
from checkout.domain.breakdown import order_of_json
from checkout.domain.quote import OrderQuote
from checkout.gateways.identity import read_brand
from checkout.store.models import Order
from common.errors import NotFound, Unavailable
from common.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    order: Order
    quote: OrderQuote
    buyer: dict[str, Any]
    brand: dict[str, Any]

    @property
    def zone(self) -> str:
        """The maker's zone, in which documents are dated (D2)."""
        zone = str(self.brand["time_zone"])
        return ZoneInfo(zone).key


def order_view(order: Order) -> OrderView:
    snapshot = order.snapshot
    return OrderView(
        order=order,
        quote=order_of_json(snapshot),
        buyer=snapshot["buyer"],
        brand=snapshot["brand"],
    )


def total_of(orders: Sequence[Order]) -> Money:
    """Return what one checkout's orders cost together."""
    return Money.total((order.total for order in orders), orders[0].total.currency)


def brand_names(brand_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of the brands; a list is still worth showing without them."""
    names = {}
    for brand_id in brand_ids:
        try:
            names[brand_id] = read_brand(deps().peers, brand_id).name
        except (NotFound, Unavailable):
            names[brand_id] = ""
    return names
