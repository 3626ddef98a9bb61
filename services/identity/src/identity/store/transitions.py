"""Outcomes of orders, and the history of who owned a buyer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from common.delivery import InboxEvent
from common.errors import NotFound
from identity.domain.transition import Ownership
from identity.store.models import Buyer, OwnershipChange, TransitionOutcome

ORDER_COMPLETED = "checkout.order_completed.v1"


class OrderUnknown(NotFound):
    """No completed order of that id has arrived here."""

    code = "order_unknown"


def find_outcome(session: Session, order_id: UUID) -> TransitionOutcome | None:
    return session.get(TransitionOutcome, order_id)


def read_ownership(session: Session, buyer: Buyer) -> Ownership:
    """Return whose the buyer is and what its history says."""
    undone_at: datetime | None = None
    was_moved = False
    for change in list_changes(session, buyer.id):
        was_moved = was_moved or change.change == "moved"
        undone_at = change.changed_at if change.change == "undone" else undone_at
    return Ownership(is_offline=buyer.kind == "offline", was_moved=was_moved, undone_at=undone_at)


def list_changes(session: Session, buyer_id: UUID) -> list[OwnershipChange]:
    """Return the buyer's changes of ownership, oldest first."""
    query = select(OwnershipChange).where(OwnershipChange.buyer_id == buyer_id)
    return list(session.scalars(query.order_by(OwnershipChange.changed_at, OwnershipChange.id)))


def find_order_event(session: Session, order_id: UUID) -> InboxEvent:
    """Return the arrived event that completed the order, row-locked. Raises OrderUnknown."""
    of_order = InboxEvent.envelope["payload"]["order_id"].astext == str(order_id)
    query = select(InboxEvent).where(InboxEvent.name == ORDER_COMPLETED, of_order)
    event = session.scalars(query.limit(1).with_for_update()).first()
    if event is None:
        raise OrderUnknown
    return event


def make_due(session: Session, event: InboxEvent) -> None:
    """Let the sweeper handle the event again at once, with all its attempts before it."""
    event.attempts = 0
    event.dead_at = None
    event.next_attempt_at = session.execute(select(func.now())).scalar_one()
