"""Every few minutes a producer asks each subscriber which unacknowledged events it holds (K7)."""

import os
from collections.abc import Callable, Collection, Iterable
from uuid import UUID

import structlog
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from common.db import Database
from common.delivery.acks import mark_acked
from common.delivery.jobs import JobRun
from common.delivery.tables import InboxEvent
from common.deps import BaseDeps
from common.errors import Refusal

log = structlog.get_logger()

AskHeld = Callable[[str, Collection[UUID]], Iterable[UUID]]
"""`(subscriber, event_ids)`: those of them that the subscriber has received."""

SUBSCRIBERS = text("""
select distinct subscriber from outbox_delivery where state in ('pending', 'sent')
""")

LONG_UNACKED = text("""
select event_id from outbox_delivery
where state in ('pending', 'sent') and subscriber = :subscriber
  and created_at < now() - make_interval(secs => :older_than)
order by created_at limit 1000
""")


def reconcile_seconds() -> int:
    """Return how often peers are asked, and how old must be what they are asked about."""
    return int(os.environ.get("DELIVERY_RECONCILE_SECONDS", "300"))


def ask_peers(deps: BaseDeps, run: JobRun) -> None:
    """Ask each subscriber which of its long-unacknowledged events it holds."""

    def ask_held(subscriber: str, event_ids: Collection[UUID]) -> list[UUID]:
        if subscriber == deps.settings.service:
            with deps.database.transaction() as session:
                return held(session, event_ids)
        body = {"event_ids": [str(each) for each in event_ids]}
        answer = deps.peers.ask(subscriber, "deliveries/held", body, fresh=True)
        return [UUID(each) for each in answer["held"]]

    reconcile(deps.database, ask_held, older_than=reconcile_seconds())


def held(session: Session, event_ids: Collection[UUID]) -> list[UUID]:
    """Return those of the ids that this service has received."""
    query = select(InboxEvent.event_id).where(InboxEvent.event_id.in_(event_ids))
    return list(session.scalars(query))


def reconcile(database: Database, ask_held: AskHeld, *, older_than: float = 300) -> int:
    """Settle deliveries whose acknowledgement was lost; return how many."""
    with database.transaction() as session:
        subscribers = session.scalars(SUBSCRIBERS).all()
    return sum(_reconcile_one(database, ask_held, each, older_than) for each in subscribers)


def _reconcile_one(
    database: Database, ask_held: AskHeld, subscriber: str, older_than: float
) -> int:
    values = {"subscriber": subscriber, "older_than": older_than}
    with database.transaction() as session:
        owed = session.scalars(LONG_UNACKED, values).all()
    if not owed:
        return 0
    try:
        found = list(ask_held(subscriber, owed))
    except Refusal:
        log.warning("subscriber does not say what it holds", subscriber=subscriber)
        return 0
    with database.transaction() as session:
        return mark_acked(session, subscriber=subscriber, event_ids=found)
