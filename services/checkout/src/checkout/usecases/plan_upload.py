"""Plan the upload of an order to NEXT ENGINE, or record why there is none (D22, R182)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.domain.next_engine.slip import SlipRefused, slips_of
from checkout.events import NextEngineUploadChanged
from checkout.store.models import Order, Slip
from checkout.store.next_engine import Shop, find_shop
from checkout.store.slips import list_slips, put_slip
from checkout.usecases.slip_order import slip_order
from common.delivery import plan_call, publish, retry_call

UPLOAD = "next_engine_upload"
NOT_CONNECTED = "NEXT ENGINE was not connected."
NOT_YEN = "NEXT ENGINE keeps yen only."


def plan_upload(session: Session, order: Order, *, now: datetime) -> None:
    """Plan what is not planned yet, wake what has died. Ten repeats are one upload (R185).

    A refusal is recorded on the first slip and never touches the order itself (R183).
    """
    shop = find_shop(session, brand_id=order.brand_id)
    if shop is None:
        _record(session, order, state="not_connected", reason=NOT_CONNECTED, cure=None, now=now)
        return
    try:
        slips = slips_of(slip_order(order))
    except SlipRefused as refused:
        state = "not_yen" if order.total.currency != "JPY" else "dead"
        _record(session, order, state=state, reason=refused.words, cure=refused.cure, now=now)
        return
    for position, slip in enumerate(slips, start=1):
        _plan(session, order, shop, position=position, slip_number=slip.number, now=now)


def _plan(
    session: Session, order: Order, shop: Shop, *, position: int, slip_number: str, now: datetime
) -> None:
    known = {slip.position: slip for slip in list_slips(session, order.id)}
    call_id = known[position].call_id if position in known else None
    if call_id is not None:
        call = retry_call(session, call_id)
        known[position].state = call.state
        return
    slip = put_slip(
        session, order, position=position, slip_number=slip_number, state="pending", now=now
    )
    slip.call_id = plan_call(
        session,
        event_id=_event_of(order),
        kind=UPLOAD,
        recipient=slip_number,
        payload={"slip_id": str(slip.id), "order_id": str(order.id)},
        maker_id=order.maker_id,
        one_at_a_time=str(shop.connection_id),
    )
    tell_upload(session, order, slip)


def _record(
    session: Session,
    order: Order,
    *,
    state: str,
    reason: str,
    cure: str | None,
    now: datetime,
) -> None:
    slip = put_slip(
        session,
        order,
        position=1,
        slip_number=order.order_number,
        state=state,
        reason=reason,
        cure=cure,
        now=now,
    )
    tell_upload(session, order, slip)


def tell_upload(session: Session, order: Order, slip: Slip) -> None:
    """Publish the slip's state."""
    publish(
        session,
        NextEngineUploadChanged(
            maker_id=order.maker_id,
            brand_id=order.brand_id,
            aggregate_id=order.id,
            order_id=order.id,
            order_number=order.order_number,
            slip_number=slip.slip_number,
            state=slip.state,
            remote_id=slip.remote_id,
            note=slip.reason,
            brand=order.snapshot["brand"],
            buyer_name=order.snapshot["buyer"]["name"],
        ),
    )


def _event_of(order: Order) -> UUID:
    """The completed order's event stands for its upload, whoever asks for it how often."""
    return order.completed_event_id or order.id
