"""Trying consequences of orders again: here, at identity, at notifications."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.deps import deps
from checkout.gateways.identity import retry_transition
from checkout.gateways.notifications import retry_message
from checkout.store.ledger import list_entries
from checkout.store.models import Order
from checkout.store.orders import OrderNotFound, lock_order
from checkout.usecases.log_change import log_order_change
from checkout.usecases.plan_upload import plan_upload
from checkout.web.deliveries import deliveries_of
from checkout.web.editing import editor_of
from common.sessions import Claims

FAILED = {"dead", "not_connected"}


def retry_here(order_id: UUID, kind: str, staff: Claims) -> Order:
    """Plan or wake the order's upload if that is wanted. Raises OrderNotFound."""
    with deps().database.transaction(staff.maker_id) as session:
        order = lock_order(session, order_id, brand_ids=staff.brand_ids)
        if kind == "upload":
            plan_upload(session, order, now=deps().now())
            _log(session, order, kind, staff)
    return order


def retry_elsewhere(order: Order, kind: str, subject: str, staff: Claims) -> None:
    """Ask who keeps it. Raises OrderNotFound for what is not of this order."""
    if kind == "transition":
        retry_transition(deps().peers, order.id)
    elif kind == "mail" and subject in _mails(order):
        retry_message(deps().peers, UUID(subject), maker_id=order.maker_id)
    elif kind != "upload":
        raise OrderNotFound("There is nothing to try again.")
    if kind != "upload":
        with deps().database.transaction(staff.maker_id) as session:
            _log(session, order, kind, staff)


def retry_failed(order_ids: Collection[UUID], staff: Claims) -> int:
    """Try again whatever has failed of these orders; return of how many orders something had.

    Orders of others are passed over, as if they were not there (R203).
    """
    orders = _orders(order_ids, staff)
    rows = deliveries_of(orders, maker_id=staff.maker_id)
    tried = 0
    for order in orders:
        failed = [row for row in rows[order.id] if row.state in FAILED and row.subject]
        for kind in {row.kind for row in failed} & {"upload"}:
            retry_here(order.id, kind, staff)
        for row in failed:
            if row.kind in ("mail", "transition"):
                retry_elsewhere(order, row.kind, row.subject, staff)
        tried += bool(failed)
    return tried


def _log(session: Session, order: Order, kind: str, staff: Claims) -> None:
    after = {"delivery": kind}
    log_order_change(session, "delivery_retried", order, by=editor_of(staff), after=after)


def _orders(order_ids: Collection[UUID], staff: Claims) -> Sequence[Order]:
    found = []
    with deps().database.transaction(staff.maker_id) as session:
        for order_id in sorted(set(order_ids)):
            try:
                found.append(lock_order(session, order_id, brand_ids=staff.brand_ids))
            except OrderNotFound:
                continue
    return found


def _mails(order: Order) -> set[str]:
    with deps().database.transaction(order.maker_id) as session:
        return {each.subject for each in list_entries(session, order.id) if each.kind == "mail"}
