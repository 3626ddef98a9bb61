"""The relay: leases deliveries in the database, then sends them, many to a message (K5).

The lease is a time in the row. Whoever dies between the commit and the send, or whose message
the broker loses, costs one lease: the row falls due again. Only an acknowledgement ends it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import text

from common.db import Database
from common.delivery.acks import mark_acked
from common.delivery.counts import NOT_SENT, SENT
from common.delivery.failpoints import failpoint

log = structlog.get_logger()

BATCH_ROWS = 200
BATCH_BYTES = 256 * 1024

# A paused subscriber is sent nothing; what it is owed stays here.
NOT_PAUSED = """not exists (
    select from delivery_pause where kind = 'subscriber' and name = subscriber)"""

DUE = text(f"""
select distinct subscriber from outbox_delivery
where state in ('pending', 'sent') and next_attempt_at <= now() and {NOT_PAUSED}
""")  # noqa: S608 - nothing but our own words.

# First lease 10 s, doubled to at most 60 s, with jitter; the database's clock only.
CLAIM = text(f"""
with due as (
  select event_id, size, next_attempt_at from outbox_delivery
  where state in ('pending', 'sent') and subscriber = :subscriber and next_attempt_at <= now()
    and {NOT_PAUSED}
  order by next_attempt_at, event_id limit :rows for update skip locked
), fitting as (
  select event_id from (
    select event_id, size, sum(size) over (order by next_attempt_at, event_id) as total from due
  ) as counted where total <= :bytes or total = size
), leased as (
  update outbox_delivery as delivery set state = 'sent', attempts = attempts + 1,
    next_attempt_at = now() + make_interval(
      secs => least(60, 10 * 2 ^ least(attempts, 6)) * (0.9 + 0.1 * random()))
  from fitting
  where delivery.event_id = fitting.event_id and delivery.subscriber = :subscriber
  returning delivery.event_id
)
select event.id, event.envelope from outbox_event as event join leased on event.id = event_id
order by event.id
""")  # noqa: S608

GIVE_BACK = text("""
update outbox_delivery set next_attempt_at = now() + interval '2 seconds'
where subscriber = :subscriber and event_id = any(:event_ids) and state = 'sent'
""")

Send = Callable[[str, Sequence[Mapping[str, Any]]], None]
"""`(subscriber, envelopes)`: one message on that subscriber's queue. Raises OSError."""


@dataclass(frozen=True)
class Batch:
    """Deliveries under lease: of one subscriber, small enough for one message."""

    subscriber: str
    event_ids: list[UUID]
    envelopes: list[dict[str, Any]]


def relay_due(
    database: Database,
    send: Send,
    *,
    has_room: Callable[[str], bool] = lambda _: True,
    publish_is_done: bool = False,
) -> bool:
    """Send one batch to each subscriber that is owed something; True when there may be more.

    A subscriber whose queue has no room is left alone: what it is owed stays here, instead of
    filling the broker again and again while it is down. `publish_is_done` is the wrong way,
    kept so that the fault tests can show that it loses.
    """
    with database.transaction() as session:
        subscribers = session.scalars(DUE).all()
    ready = [name for name in subscribers if has_room(name)]
    sent = [_relay_to(database, send, name, publish_is_done) for name in ready]
    return any(sent)


def claim_batch(database: Database, subscriber: str) -> Batch:
    """Lease what is due; several relays at once get different rows."""
    values = {"subscriber": subscriber, "rows": BATCH_ROWS, "bytes": BATCH_BYTES}
    with database.transaction() as session:
        rows = session.execute(CLAIM, values).all()
    return Batch(subscriber, [row.id for row in rows], [row.envelope for row in rows])


def _relay_to(database: Database, send: Send, subscriber: str, publish_is_done: bool) -> bool:
    batch = claim_batch(database, subscriber)
    if not batch.event_ids:
        return False
    failpoint("relay.claimed")
    try:
        send(subscriber, batch.envelopes)
    except OSError as lost:
        log.warning("broker does not take events", subscriber=subscriber, error=repr(lost))
        NOT_SENT.labels(subscriber).inc(len(batch.event_ids))
        _give_back(database, batch)
        return False
    SENT.labels(subscriber).inc(len(batch.event_ids))
    failpoint("relay.sent")
    if publish_is_done:
        with database.transaction() as session:
            mark_acked(session, subscriber=subscriber, event_ids=batch.event_ids)
    return True


def _give_back(database: Database, batch: Batch) -> None:
    """Shorten the lease of what did not leave; should it have left after all, the inbox knows."""
    values = {"subscriber": batch.subscriber, "event_ids": batch.event_ids}
    with database.transaction() as session:
        session.execute(GIVE_BACK, values)
