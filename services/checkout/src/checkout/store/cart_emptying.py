"""Take out of a cart what has become orders."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from checkout.domain.pricing import Line
from common.together import write

EMPTY = text("""
with gone as (delete from cart_lines where cart_id = :cart_id)
update carts set version = version + 1, changed_at = now() where id = :cart_id
""")

LEAVE = text("""
with gone as (
  delete from cart_lines
  where cart_id = :cart_id and catalog_id = :catalog_id and sku_id = :sku_id
    and quantity <= :quantity
)
update cart_lines set quantity = quantity - :quantity
where cart_id = :cart_id and catalog_id = :catalog_id and sku_id = :sku_id
  and quantity > :quantity
""")

COUNT_UP = text("update carts set version = version + 1, changed_at = now() where id = :cart_id")


def empty_cart(session: Session, cart_id: UUID) -> None:
    """Take all lines away."""
    write(session, EMPTY, {"cart_id": cart_id})


def take_out(session: Session, cart_id: UUID, lines: Iterable[Line]) -> None:
    """Take these away; what was added to the cart meanwhile stays."""
    for line in lines:
        own = {
            "cart_id": cart_id,
            "catalog_id": line.catalog_id,
            "sku_id": line.sku_id,
            "quantity": line.quantity,
        }
        write(session, LEAVE, own)
    write(session, COUNT_UP, {"cart_id": cart_id})
