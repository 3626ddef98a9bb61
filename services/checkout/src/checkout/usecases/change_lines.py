"""Change many lines of a cart at once, as an order sheet does."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.domain.pricing import Wish
from checkout.store.brands import enter_brand
from checkout.store.carts import list_wishes, lock_cart, write_lines
from checkout.usecases.change_line import CartNow


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line as it is wanted, and how many there were of it before: 0 for none."""

    wish: Wish
    before: int


def change_lines(
    session: Session,
    wishes: Sequence[Wish],
    *,
    catalog_id: UUID | None = None,
    maker_id: UUID,
    brand_id: UUID,
    buyer_id: UUID,
    link_id: UUID | None,
) -> tuple[CartNow, list[ChangedLine]]:
    """Put the lines so (0 removes one) and return the whole cart and what each line was.

    Lines that are so already are not touched; where all are, not even the version counts up.
    """
    enter_brand(session, brand_id=brand_id, maker_id=maker_id)
    cart = lock_cart(
        session,
        catalog_id=catalog_id,
        maker_id=maker_id,
        brand_id=brand_id,
        buyer_id=buyer_id,
        link_id=link_id,
    )
    there = {(w.catalog_id, w.sku_id): w.quantity for w in list_wishes(session, cart.id)}
    wanted = {(w.catalog_id, w.sku_id): w for w in wishes}
    changed = [ChangedLine(wish, there.get(cell, 0)) for cell, wish in wanted.items()]
    write_lines(session, cart, [each.wish for each in changed if each.wish.quantity != each.before])
    return CartNow(version=cart.version, wishes=list_wishes(session, cart.id)), changed
