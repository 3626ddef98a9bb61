"""Carts and their lines."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkout.domain.pricing import Line, Wish
from checkout.store.models import Cart, CartLine
from common.ids import new_id


def find_cart(session: Session, *, buyer_id: UUID, link_id: UUID) -> Cart | None:
    """Return the buyer's cart on the link, or None before its first line."""
    query = select(Cart).where(Cart.buyer_id == buyer_id, Cart.link_id == link_id)
    return session.scalars(query).one_or_none()


def lock_cart(
    session: Session, *, maker_id: UUID, brand_id: UUID, buyer_id: UUID, link_id: UUID
) -> Cart:
    """Return the cart, made if there is none, row-locked until commit."""
    row = {
        "id": new_id(),
        "maker_id": maker_id,
        "brand_id": brand_id,
        "buyer_id": buyer_id,
        "link_id": link_id,
        "version": 0,
    }
    session.execute(insert(Cart).values(row).on_conflict_do_nothing())
    query = select(Cart).where(Cart.buyer_id == buyer_id, Cart.link_id == link_id)
    return session.scalars(query.with_for_update()).one()


def list_wishes(session: Session, cart_id: UUID) -> tuple[Wish, ...]:
    """Return the lines, oldest first."""
    query = select(CartLine).where(CartLine.cart_id == cart_id)
    rows = session.scalars(query.order_by(CartLine.added_at, CartLine.catalog_id, CartLine.sku_id))
    return tuple(
        Wish(catalog_id=row.catalog_id, sku_id=row.sku_id, quantity=row.quantity) for row in rows
    )


def write_line(session: Session, cart: Cart, wish: Wish) -> None:
    """Put the line so, or take it away at quantity 0; the last writer of a cell wins."""
    key = {"cart_id": cart.id, "catalog_id": wish.catalog_id, "sku_id": wish.sku_id}
    if wish.quantity == 0:
        session.execute(delete(CartLine).filter_by(**key))
    else:
        row = key | {"maker_id": cart.maker_id, "quantity": wish.quantity}
        put = insert(CartLine).values(row)
        session.execute(
            put.on_conflict_do_update(
                index_elements=list(key), set_={"quantity": put.excluded.quantity}
            )
        )
    count_up(session, cart)


def empty_cart(session: Session, cart: Cart) -> None:
    """Take all lines away, when they have become orders."""
    session.execute(delete(CartLine).where(CartLine.cart_id == cart.id))
    count_up(session, cart)


def take_out(session: Session, cart: Cart, lines: Iterable[Line]) -> None:
    """Take away what has become orders; what was added to the cart meanwhile stays."""
    for line in lines:
        own = (
            (CartLine.cart_id == cart.id)
            & (CartLine.catalog_id == line.catalog_id)
            & (CartLine.sku_id == line.sku_id)
        )
        session.execute(delete(CartLine).where(own, CartLine.quantity <= line.quantity))
        session.execute(
            update(CartLine).where(own).values(quantity=CartLine.quantity - line.quantity)
        )
    count_up(session, cart)


def count_up(session: Session, cart: Cart) -> None:
    changed = update(Cart).where(Cart.id == cart.id)
    version = session.execute(
        changed.values(version=Cart.version + 1, changed_at=func.now()).returning(Cart.version)
    ).scalar_one()
    cart.version = version
