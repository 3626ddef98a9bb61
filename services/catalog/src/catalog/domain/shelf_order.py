"""The orders in which a buyer can look through a catalog."""

from typing import Literal, get_args

ShelfOrder = Literal["brand", "name", "price", "newest"]
"""The brand's own; by the name in the buyer's language; lowest price first; newest first."""

ORDERS: tuple[ShelfOrder, ...] = get_args(ShelfOrder)


def shelf_order(typed: str) -> ShelfOrder:
    """Return the order that was asked for; anything unknown is the brand's own."""
    return next((each for each in ORDERS if each == typed), "brand")
