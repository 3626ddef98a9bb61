"""A cart as it is now, and the change of one of its lines."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.domain.pricing import Wish
from checkout.store.brands import enter_brand
from checkout.store.cart_cells import read_whole, take_turn, write_cell
from checkout.store.carts import count_up, list_wishes, lock_cart


@dataclass(frozen=True, slots=True, kw_only=True)
class CartNow:
    version: int
    wishes: tuple[Wish, ...]

    @property
    def units(self) -> int:
        return sum(wish.quantity for wish in self.wishes)

    def with_line(self, wish: Wish) -> tuple[Wish, ...]:
        """Return the lines with this one in its place, a new one last; 0 takes it out."""
        cell = (wish.catalog_id, wish.sku_id)
        lines = {(each.catalog_id, each.sku_id): each for each in self.wishes} | {cell: wish}
        return tuple(each for each in lines.values() if each.quantity)


def read_cart(
    session: Session, *, catalog_id: UUID | None = None, buyer_id: UUID, link_id: UUID | None
) -> CartNow:
    """Return the buyer's cart on this link, or of this catalog; an untouched one is empty."""
    version, wishes = read_whole(session, catalog_id=catalog_id, buyer_id=buyer_id, link_id=link_id)
    return CartNow(version=version, wishes=wishes)


def change_line(
    session: Session,
    wish: Wish,
    *,
    catalog_id: UUID | None = None,
    maker_id: UUID,
    brand_id: UUID,
    buyer_id: UUID,
    link_id: UUID | None,
    given: Collection[str] = ("quantity",),
    known: CartNow,
) -> CartNow:
    """Put the line so (quantity 0 removes it) and return the whole cart; the last writer wins.

    Of a line that is there already only the `given` fields change. `known` is the cart that the
    wish was made from: only where somebody changed it since is it read again.
    """
    place: dict[str, Any] = {"catalog_id": catalog_id, "buyer_id": buyer_id, "link_id": link_id}
    turn = take_turn(session, **place)
    if turn is None:
        cart = lock_cart(session, maker_id=maker_id, brand_id=brand_id, **place)
        count_up(session, cart)
        turn = cart.id, cart.version
    cart_id, version = turn
    if version == 1:
        enter_brand(session, brand_id=brand_id, maker_id=maker_id)
    write_cell(session, wish, cart_id=cart_id, maker_id=maker_id, given=given)
    is_known = version == known.version + 1
    wishes = known.with_line(wish) if is_known else list_wishes(session, cart_id)
    return CartNow(version=version, wishes=wishes)
