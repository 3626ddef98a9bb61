"""Change one line of a cart."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.domain.pricing import Wish
from checkout.store.brands import enter_brand
from checkout.store.carts import list_wishes, lock_cart, write_line


@dataclass(frozen=True, slots=True, kw_only=True)
class CartNow:
    version: int
    wishes: tuple[Wish, ...]

    @property
    def units(self) -> int:
        return sum(wish.quantity for wish in self.wishes)


def change_line(
    session: Session, wish: Wish, *, maker_id: UUID, brand_id: UUID, buyer_id: UUID, link_id: UUID
) -> CartNow:
    """Put the line so (quantity 0 removes it) and return the whole cart; the last writer wins."""
    enter_brand(session, brand_id=brand_id, maker_id=maker_id)
    cart = lock_cart(
        session, maker_id=maker_id, brand_id=brand_id, buyer_id=buyer_id, link_id=link_id
    )
    write_line(session, cart, wish)
    return CartNow(version=cart.version, wishes=list_wishes(session, cart.id))
