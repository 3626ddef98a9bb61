"""The inbox: a receipt first, then each event by itself, tried up to eight times (K6).

tx1 writes the receipts and is acknowledged; from there on the producer is out of it. tx2 counts
the attempt before the handler runs, so that a handler that kills its process dies out too; tx3
holds the row's lock, the handler's effect and the mark that it is done.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import structlog
from marshmallow import ValidationError
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.context import Trace, traced
from common.db import Database, act_as
from common.delivery.counts import HANDLED
from common.delivery.events import Envelope, producer_of
from common.delivery.failpoints import failpoint
from common.delivery.handlers import Handler, Later, handlers
from common.delivery.tables import InboxEvent
from common.failures import first_line
from common.tracing import span

log = structlog.get_logger()

ATTEMPTS = 8

# A handler still holding its row's lock is skipped, so the lease may be short: 5 s, doubled.
CLAIM = text("""
update inbox set attempts = attempts + 1,
  next_attempt_at = now() + make_interval(secs => least(300, 5 * 2 ^ attempts))
where event_id = (
  select event_id from inbox
  where event_id = :event_id and processed_at is null and dead_at is null
    and (next_attempt_at <= now() or (:at_once and attempts = 0))
    and not exists (
      select from delivery_pause as pause where pause.kind = 'handler' and pause.name = inbox.name)
  for update skip locked)
returning attempts, name
""")

LOCK = text("""
select envelope from inbox
where event_id = :event_id and attempts = :attempt and processed_at is null and dead_at is null
for update
""")

DONE = text("update inbox set processed_at = now(), last_error = null where event_id = :event_id")

POSTPONE = text("""
update inbox set attempts = attempts - 1, last_error = :reason,
  next_attempt_at = now() + make_interval(secs => :seconds)
where event_id = :event_id and attempts = :attempt and processed_at is null
""")

FAIL = text("""
update inbox set last_error = :reason,
  dead_at = case when :dead or attempts >= :limit then now() end
where event_id = :event_id and attempts = :attempt and processed_at is null
returning dead_at is not null
""")


class Unreadable(Exception):
    """No handler knows the event, or its payload does not fit; trying again will not help."""


def receive(
    database: Database,
    envelopes: Sequence[Mapping[str, Any]],
    acknowledge: Callable[[str, Sequence[str]], None],
    *,
    is_stopping: Callable[[], bool] = lambda: False,
) -> None:
    """Take in a message: receipts, acknowledgements by producer, then the work itself.

    What is not worked on here, because the process stops or dies, the sweeper finds.
    """
    new = write_receipts(database, envelopes)
    failpoint("inbox.received")
    for producer, event_ids in _by_producer(envelopes).items():
        acknowledge(producer, event_ids)
    failpoint("inbox.acknowledged")
    for event_id in new:
        if is_stopping():
            return
        handle_event(database, event_id, at_once=True)


def write_receipts(database: Database, envelopes: Iterable[Mapping[str, Any]]) -> list[UUID]:
    """Insert what is new and return its ids, oldest first; repeats are absorbed."""
    rows = [receipt(Envelope.of_json(each)) for each in envelopes]
    # In id order, so that two receivers of the same events wait instead of deadlocking.
    rows.sort(key=lambda row: row["event_id"])
    # The receiver goes on to handle them itself; the sweeper waits a little.
    soon = {"next_attempt_at": text("now() + interval '5 seconds'")}
    statement = insert(InboxEvent).values([row | soon for row in rows]).on_conflict_do_nothing()
    with database.transaction() as session:
        return sorted(session.scalars(statement.returning(InboxEvent.event_id)))


def handle_event(database: Database, event_id: UUID, *, at_once: bool = False) -> None:
    """Try the event once, if it is due (or brand-new and `at_once`) and nobody else has it."""
    with database.transaction() as session:
        claim = session.execute(CLAIM, {"event_id": event_id, "at_once": at_once}).one_or_none()
    if claim is None:
        return
    failpoint("inbox.claimed")
    result = _try(database, event_id, claim.attempts)
    HANDLED.labels(claim.name if claim.name in handlers() else "unread", result).inc()
    failpoint("inbox.handled")


def _try(database: Database, event_id: UUID, attempt: int) -> str:
    """Return what came of the attempt, in a word for the counts."""
    try:
        _apply(database, event_id, attempt)
    except Later as later:
        _postpone(database, event_id, attempt, later)
        return "postponed"
    except Unreadable as wrong:
        _fail(database, event_id, attempt, wrong, dead=True)
        return "dead"
    except Exception as wrong:
        log.warning("handler failed", event_id=str(event_id), attempt=attempt, exc_info=True)
        _fail(database, event_id, attempt, wrong, dead=False)
        return "dead" if attempt >= ATTEMPTS else "failed"
    return "processed"


def _apply(database: Database, event_id: UUID, attempt: int) -> None:
    with database.transaction() as session:
        # Somebody else's later attempt changes the count: then this one is a zombie's.
        wire = session.scalar(LOCK, {"event_id": event_id, "attempt": attempt})
        if wire is None:
            return
        if attempt > ATTEMPTS:
            raise Unreadable("the process died in the last attempt")
        run_handler(session, Envelope.of_json(wire))
        failpoint("inbox.in_transaction")
        session.execute(DONE, {"event_id": event_id})


def run_handler(session: Session, envelope: Envelope) -> None:
    """Call the handler of the event as its maker. Raises Unreadable when there is none."""
    handler = handlers().get(envelope.name)
    if handler is None:
        raise Unreadable(f"nothing here reads {envelope.name}")
    fields = _read(handler, envelope)
    if envelope.maker_id is not None:
        act_as(session, envelope.maker_id)
    trace = Trace(envelope.request_id, envelope.traceparent)
    with traced(trace), span(f"handle {envelope.name}", kind="consumer"):
        handler.handle(session, envelope=envelope, **fields)


def _read(handler: Handler, envelope: Envelope) -> dict[str, Any]:
    try:
        return dict(handler.schema.load(envelope.payload))
    except ValidationError as wrong:
        raise Unreadable(f"payload does not fit: {wrong.messages}") from wrong


def _postpone(database: Database, event_id: UUID, attempt: int, later: Later) -> None:
    values = {"event_id": event_id, "attempt": attempt}
    reason = {"seconds": later.seconds, "reason": str(later)[:2000]}
    with database.transaction() as session:
        session.execute(POSTPONE, values | reason)


def _fail(database: Database, event_id: UUID, attempt: int, wrong: Exception, dead: bool) -> None:
    values = {"event_id": event_id, "attempt": attempt, "limit": ATTEMPTS}
    reason = {"reason": first_line(wrong), "dead": dead}
    with database.transaction() as session:
        if session.scalar(FAIL, values | reason):
            log.error("event is dead", event_id=str(event_id), reason=reason["reason"])


def receipt(envelope: Envelope) -> dict[str, Any]:
    """Return the inbox row of an envelope."""
    return {
        "event_id": envelope.id,
        "producer": envelope.producer,
        "name": envelope.name,
        "maker_id": envelope.maker_id,
        "brand_id": envelope.brand_id,
        "envelope": envelope.as_json(),
    }


def _by_producer(envelopes: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the event ids to acknowledge, by the service that waits for them."""
    grouped: dict[str, list[str]] = {}
    for envelope in envelopes:
        grouped.setdefault(producer_of(envelope["name"]), []).append(envelope["id"])
    return grouped
