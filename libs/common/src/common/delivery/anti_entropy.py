"""Every few minutes a producer asks each subscriber which unacknowledged events it holds (K7)."""

from collections.abc import Callable, Collection, Iterable
from itertools import groupby
from uuid import UUID

import structlog
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from common.db import Database
from common.delivery.acks import mark_acked
from common.delivery.tables import InboxEvent
from common.errors import Refusal

log = structlog.get_logger()

AskHeld = Callable[[str, Collection[UUID]], Iterable[UUID]]
"""`(subscriber, event_ids)`: those of them that the subscriber has received."""

LONG_UNACKED = text("""
select subscriber, event_id from outbox_delivery
where state in ('pending', 'sent') and created_at < now() - make_interval(secs => :older_than)
order by subscriber, created_at limit 2000
""")


def held(session: Session, event_ids: Collection[UUID]) -> list[UUID]:
    """Return those of the ids that this service has received."""
    query = select(InboxEvent.event_id).where(InboxEvent.event_id.in_(event_ids))
    return list(session.scalars(query))


def reconcile(database: Database, ask_held: AskHeld, *, older_than: float = 300) -> int:
    """Settle deliveries whose acknowledgement was lost; return how many."""
    with database.transaction() as session:
        rows = session.execute(LONG_UNACKED, {"older_than": older_than}).all()
    settled = 0
    for subscriber, owed in groupby(rows, key=lambda row: row.subscriber):
        settled += _reconcile_one(database, ask_held, subscriber, [row.event_id for row in owed])
    return settled


def _reconcile_one(
    database: Database, ask_held: AskHeld, subscriber: str, event_ids: list[UUID]
) -> int:
    try:
        found = list(ask_held(subscriber, event_ids))
    except Refusal:
        log.warning("subscriber does not say what it holds", subscriber=subscriber)
        return 0
    with database.transaction() as session:
        return mark_acked(session, subscriber=subscriber, event_ids=found)
