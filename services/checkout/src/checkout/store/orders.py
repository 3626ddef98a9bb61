"""Orders: numbers, rows, lists."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from checkout.domain.order_number import order_number
from checkout.store.models import Order
from common.errors import NotFound
from common.together import Asked

PAGE = 25

COUNT = text("""
insert into order_number_sequences as sequence (brand_id, maker_id, prefix, last)
values (:brand_id, :maker_id, :prefix, :count)
on conflict (brand_id) do update set last = sequence.last + :count, prefix = :prefix
returning last
""")


class OrderNotFound(NotFound):
    """Not there, or another brand's, which is the same to who asks (R203)."""

    code = "order_not_found"
    rule = "R203"


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One page of a list, newest first, and where the neighbouring pages begin."""

    orders: Sequence[Order]
    newer: UUID | None
    older: UUID | None


def counting(*, maker_id: UUID, brand_id: UUID, prefix: str, count: int) -> Asked:
    """Return what takes so many numbers of the brand, whose counter stays locked until the commit."""
    counted = {"brand_id": brand_id, "maker_id": maker_id, "prefix": prefix, "count": count}
    return COUNT, counted


def next_order_numbers(
    session: Session, *, maker_id: UUID, brand_id: UUID, prefix: str, count: int
) -> list[str]:
    """Return so many fresh numbers of the brand; its counter stays locked until the commit."""
    own = counting(maker_id=maker_id, brand_id=brand_id, prefix=prefix, count=count)
    return order_numbers(prefix, session.execute(*own).scalar_one(), count=count)


def order_numbers(prefix: str, last: int, *, count: int) -> list[str]:
    """Return the `count` numbers that end with `last`."""
    return [order_number(prefix, number) for number in range(last - count + 1, last + 1)]


def get_order(session: Session, order_id: UUID, *, brand_ids: Collection[UUID]) -> Order:
    """Return an order of one of these brands. Raises OrderNotFound."""
    return _one(session, select(Order).where(Order.id == order_id, Order.brand_id.in_(brand_ids)))


def get_buyers_order(session: Session, order_id: UUID, *, buyer_ids: Collection[UUID]) -> Order:
    """Return an order of one of these buyers. Raises OrderNotFound."""
    return _one(session, select(Order).where(Order.id == order_id, Order.buyer_id.in_(buyer_ids)))


def lock_order(session: Session, order_id: UUID, *, brand_ids: Collection[UUID]) -> Order:
    """Return the order row-locked until commit. Raises OrderNotFound."""
    query = select(Order).where(Order.id == order_id, Order.brand_id.in_(brand_ids))
    return _one(session, query.with_for_update())


def find_order(session: Session, order_id: UUID) -> Order | None:
    """Return the tenant's order of that id, or None."""
    return session.get(Order, order_id)


def list_orders_of_attempt(
    session: Session, attempt_id: UUID, *, session_id: UUID
) -> Sequence[Order]:
    """Return what one checkout ordered in that session, in the cart's order of catalogs (R160)."""
    query = select(Order).where(
        Order.checkout_attempt_id == attempt_id, Order.session_id == session_id
    )
    return session.scalars(query.order_by(Order.order_number)).all()


def list_buyers_orders(
    session: Session, *, buyer_ids: Collection[UUID], size: int = PAGE
) -> Sequence[Order]:
    """Return the newest orders of these buyers."""
    query = select(Order).where(Order.buyer_id.in_(buyer_ids))
    return session.scalars(query.order_by(Order.id.desc()).limit(size)).all()


def _one(session: Session, query: Select[Order]) -> Order:
    order = session.scalars(query).one_or_none()
    if order is None:
        raise OrderNotFound("There is no such order.")
    return order
