"""A delivery is done when the subscriber's commit is acknowledged, not when it was sent (K4)."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.delivery.counts import ACKNOWLEDGED

ACK = text("""
update outbox_delivery set state = 'acked', acked_at = now()
where subscriber = :subscriber and event_id = any(:event_ids) and state in ('pending', 'sent')
""")


def mark_acked(session: Session, *, subscriber: str, event_ids: Collection[UUID]) -> int:
    """Mark these deliveries done in one statement; return how many were not yet."""
    values = {"subscriber": subscriber, "event_ids": list(event_ids)}
    if not event_ids:
        return 0
    marked = session.connection().execute(ACK, values).rowcount
    ACKNOWLEDGED.labels(subscriber).inc(marked)
    return marked
