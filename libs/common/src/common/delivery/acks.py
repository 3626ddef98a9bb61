"""A delivery is done when the subscriber's commit is acknowledged, not when it was sent (K4)."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

ACK = text("""
update outbox_delivery set state = 'acked', acked_at = now()
where subscriber = :subscriber and event_id = any(:event_ids) and state in ('pending', 'sent')
""")


def mark_acked(session: Session, *, subscriber: str, event_ids: Collection[UUID]) -> int:
    """Mark these deliveries done in one statement; return how many were not yet."""
    values = {"subscriber": subscriber, "event_ids": list(event_ids)}
    return session.connection().execute(ACK, values).rowcount if event_ids else 0
