"""Skip a delivery: the producer never gives up by itself, only an operator may (K5)."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.operations.doer import Doer
from common.operations.log import record_action
from common.operations.refusals import DeliveryNotFound, read_reason

LOCK = text("""
select state from outbox_delivery
where event_id = :event_id and subscriber = :subscriber for update
""")
SKIP = text("""
update outbox_delivery set state = 'skipped', skip_reason = :reason
where event_id = :event_id and subscriber = :subscriber
""")


def skip_delivery(
    session: Session, doer: Doer, *, event_id: UUID, subscriber: str, reason: str
) -> int:
    """Never send this event to that subscriber again; return 0 when nothing is owed any more.

    Raises Invalid without a reason, DeliveryNotFound.
    """
    why = read_reason(reason)
    delivery = {"event_id": event_id, "subscriber": subscriber}
    state = session.scalar(LOCK, delivery)
    if state is None:
        raise DeliveryNotFound("There is no such delivery.")
    if state not in ("pending", "sent"):
        return 0
    session.execute(SKIP, {**delivery, "reason": why})
    subject = {"kind": "delivery", "name": subscriber, "id": str(event_id)}
    record_action(session, doer, "delivery_skipped", subject=subject, reason=why)
    return 1
