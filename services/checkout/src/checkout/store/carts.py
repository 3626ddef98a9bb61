"""Carts and their lines."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkout.domain.pricing import Line, Wish
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


def read_whole(
    session: Session, *, catalog_id: UUID | None = None, buyer_id: UUID, link_id: UUID | None
) -> tuple[int, tuple[Wish, ...]]:
    """Return version and lines, oldest first, in 1 query; an untouched cart is 0 and empty."""
    query = (
        select(Cart.version, *_CELL)
        .outerjoin(CartLine, CartLine.cart_id == Cart.id)
        .where(*_own(buyer_id, link_id, catalog_id))
        .order_by(CartLine.added_at, CartLine.catalog_id, CartLine.sku_id)
    )
    rows = session.execute(query).all()
    if not rows:
        return 0, ()
    return rows[0][0], tuple(_wish(*row[1:]) for row in rows if row[1] is not None)


def take_turn(
    session: Session, *, catalog_id: UUID | None = None, buyer_id: UUID, link_id: UUID | None
) -> tuple[UUID, int] | None:
    """Count the cart up, which locks it until commit; return its id and version, None for none."""
    query = (
        update(Cart)
        .where(*_own(buyer_id, link_id, catalog_id))
        .values(version=Cart.version + 1, changed_at=func.now())
        .returning(Cart.id, Cart.version)
        .execution_options(synchronize_session=False)
    )
    row = session.execute(query).one_or_none()
    return (row[0], row[1]) if row else None


def list_wishes(session: Session, cart_id: UUID) -> tuple[Wish, ...]:
    """Return the lines, oldest first."""
    query = select(*_CELL).where(CartLine.cart_id == cart_id)
    rows = session.execute(query.order_by(CartLine.added_at, CartLine.catalog_id, CartLine.sku_id))
    return tuple(_wish(*row) for row in rows)


def write_line(
    session: Session, cart: Cart, wish: Wish, *, given: Collection[str] = ("quantity",)
) -> None:
    """Put the line so, or take it away at quantity 0; the last writer of a cell wins.

    Of a line that is there already only the `given` fields change.
    """
    write_cell(session, wish, cart_id=cart.id, maker_id=cart.maker_id, given=given)
    count_up(session, cart)


def write_cell(
    session: Session, wish: Wish, *, cart_id: UUID, maker_id: UUID, given: Collection[str]
) -> None:
    """Do what write_line does in a cart that was counted up already."""
    key = {"cart_id": cart_id, "catalog_id": wish.catalog_id, "sku_id": wish.sku_id}
    if wish.quantity == 0:
        gone = delete(CartLine).filter_by(**key)
        session.execute(gone, execution_options={"synchronize_session": False})
        return
    values = {"quantity": wish.quantity, "desired_on": wish.desired_on, "note": wish.note}
    put = insert(CartLine).values(key | values | {"maker_id": maker_id})
    changed = {name: put.excluded[name] for name in sorted(given)}
    session.execute(put.on_conflict_do_update(index_elements=list(key), set_=changed))


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


def _of(buyer_id: UUID, link_id: UUID | None, catalog_id: UUID | None) -> Select[Cart]:
    return select(Cart).where(*_own(buyer_id, link_id, catalog_id))


def _own(
    buyer_id: UUID, link_id: UUID | None, catalog_id: UUID | None
) -> tuple[ColumnElement[bool], ...]:
    mine = Cart.link_id == link_id if link_id else Cart.catalog_id == catalog_id
    return Cart.buyer_id == buyer_id, mine


def _wish(
    catalog_id: UUID, sku_id: UUID, quantity: int, desired_on: date | None, note: str | None
) -> Wish:
    return Wish(
        catalog_id=catalog_id,
        sku_id=sku_id,
        quantity=quantity,
        desired_on=desired_on,
        note=note,
    )
