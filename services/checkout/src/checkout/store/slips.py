"""The slips of an order at NEXT ENGINE."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from checkout.store.models import NextEngineShop, Order, Slip
from common.errors import NotFound


def list_slips(session: Session, order_id: UUID) -> Sequence[Slip]:
    """Return the order's slips by position."""
    query = select(Slip).where(Slip.order_id == order_id).order_by(Slip.position)
    return session.scalars(query).all()


def list_slips_of(session: Session, order_ids: Collection[UUID]) -> Sequence[Slip]:
    """Return the slips of these orders, each order's by position."""
    query = select(Slip).where(Slip.order_id.in_(order_ids))
    return session.scalars(query.order_by(Slip.order_id, Slip.position)).all()


def get_slip(session: Session, slip_id: UUID) -> Slip:
    slip = session.get(Slip, slip_id)
    if slip is None:
        raise NotFound(str(slip_id))
    return slip


def find_slip_of_call(session: Session, call_id: UUID) -> Slip | None:
    """Return the slip that this outbound call uploads, row-locked."""
    query = select(Slip).where(Slip.call_id == call_id).with_for_update()
    return session.scalars(query).one_or_none()


def count_waiting(session: Session, *, brand_id: UUID) -> int:
    """Return how many uploads of the brand wait for a sign-in at NEXT ENGINE."""
    query = select(func.count()).where(Slip.brand_id == brand_id, Slip.waits_for_sign_in)
    return session.scalars(query).one()


def release_waiting(
    session: Session, *, connection_id: UUID, now: datetime
) -> Sequence[UUID | None]:
    """Let the slips that waited for this company's sign-in wait no more; return their calls."""
    brands = select(NextEngineShop.brand_id).where(NextEngineShop.connection_id == connection_id)
    changed = (
        update(Slip)
        .where(Slip.brand_id.in_(brands), Slip.waits_for_sign_in)
        .values(state="unknown", reason=None, cure=None, waits_for_sign_in=False, changed_at=now)
    )
    return session.scalars(changed.returning(Slip.call_id)).all()


def put_slip(
    session: Session,
    order: Order,
    *,
    position: int,
    slip_number: str,
    state: str,
    now: datetime,
    reason: str | None = None,
    cure: str | None = None,
    call_id: UUID | None = None,
) -> Slip:
    """Write the slip's state, making the row when it is new."""
    query = select(Slip).where(Slip.order_id == order.id, Slip.position == position)
    slip = session.scalars(query.with_for_update()).one_or_none()
    if slip is None:
        slip = Slip(
            maker_id=order.maker_id,
            brand_id=order.brand_id,
            order_id=order.id,
            link_id=order.link_id,
            position=position,
            slip_number=slip_number,
            state=state,
            changed_at=now,
        )
        session.add(slip)
    slip.state, slip.reason, slip.cure = state, reason, cure
    slip.call_id, slip.changed_at = call_id or slip.call_id, now
    session.flush()
    return slip
