"""Carts and their lines."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkout.domain.pricing import Wish
from checkout.store.cart_cells import wish_of, write_cell
from checkout.store.models import Cart, CartLine
from common.ids import new_id

_CELL = (
    CartLine.catalog_id,
    CartLine.sku_id,
    CartLine.quantity,
    CartLine.desired_on,
    CartLine.note,
)


def find_cart(
    session: Session, *, catalog_id: UUID | None = None, buyer_id: UUID, link_id: UUID | None
) -> Cart | None:
    """Return the buyer's cart on the link or, without one, of the catalog (R88).

    None before its first line.
    """
    return session.scalars(_of(buyer_id, link_id, catalog_id)).one_or_none()


def lock_cart(
    session: Session,
    *,
    catalog_id: UUID | None = None,
    maker_id: UUID,
    brand_id: UUID,
    buyer_id: UUID,
    link_id: UUID | None,
) -> Cart:
    """Return the cart, made if there is none, row-locked until commit."""
    query = _of(buyer_id, link_id, catalog_id)
    cart = session.scalars(query.with_for_update()).one_or_none()
    if cart is not None:
        return cart
    row = {
        "id": new_id(),
        "maker_id": maker_id,
        "brand_id": brand_id,
        "buyer_id": buyer_id,
        "link_id": link_id,
        "catalog_id": None if link_id else catalog_id,
        "version": 0,
    }
    session.execute(insert(Cart).values(row).on_conflict_do_nothing())
    return session.scalars(query.with_for_update()).one()


def list_wishes(session: Session, cart_id: UUID) -> tuple[Wish, ...]:
    """Return the lines, oldest first."""
    query = select(*_CELL).where(CartLine.cart_id == cart_id)
    rows = session.execute(query.order_by(CartLine.added_at, CartLine.catalog_id, CartLine.sku_id))
    return tuple(wish_of(*row) for row in rows)


def write_line(
    session: Session, cart: Cart, wish: Wish, *, given: Collection[str] = ("quantity",)
) -> None:
    """Put the line so, or take it away at quantity 0; the last writer of a cell wins.

    Of a line that is there already only the `given` fields change.
    """
    write_cell(session, wish, cart_id=cart.id, maker_id=cart.maker_id, given=given)
    count_up(session, cart)


def write_lines(session: Session, cart: Cart, wishes: Sequence[Wish]) -> None:
    """Put each of these cells so, or take it away at quantity 0; without any nothing happens."""
    if not wishes:
        return
    gone = [(wish.catalog_id, wish.sku_id) for wish in wishes if wish.quantity == 0]
    if gone:
        own = delete(CartLine).where(CartLine.cart_id == cart.id)
        session.execute(own.where(tuple_(CartLine.catalog_id, CartLine.sku_id).in_(gone)))
    rows = [
        {
            "cart_id": cart.id,
            "catalog_id": wish.catalog_id,
            "sku_id": wish.sku_id,
            "maker_id": cart.maker_id,
            "quantity": wish.quantity,
        }
        for wish in wishes
        if wish.quantity
    ]
    if rows:
        put = insert(CartLine)
        cell = ["cart_id", "catalog_id", "sku_id"]
        changed = {"quantity": put.excluded.quantity}
        session.execute(put.on_conflict_do_update(index_elements=cell, set_=changed), rows)
    count_up(session, cart)


def count_up(session: Session, cart: Cart) -> None:
    changed = update(Cart).where(Cart.id == cart.id)
    version = session.execute(
        changed.values(version=Cart.version + 1, changed_at=func.now()).returning(Cart.version)
    ).scalar_one()
    cart.version = version


def _of(buyer_id: UUID, link_id: UUID | None, catalog_id: UUID | None) -> Select[Cart]:
    return select(Cart).where(*own_cart(buyer_id, link_id, catalog_id))


def own_cart(
    buyer_id: UUID, link_id: UUID | None, catalog_id: UUID | None
) -> tuple[ColumnElement[bool], ...]:
    """Return which cart is the buyer's on the link, or in a Standard Order that of the catalog."""
    mine = Cart.link_id == link_id if link_id else Cart.catalog_id == catalog_id
    return Cart.buyer_id == buyer_id, mine
