"""Retention: what is delivered and done is forgotten after a while, in small batches (K12).

Ids are UUIDv7, so the primary keys already lie in the order of time: each batch walks one of them
from its oldest end and needs no index of its own. `aggregate_sequence` is never purged, for a
reader compares with numbers it saw long ago.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import text
from sqlalchemy.sql.elements import TextClause

from common.db import Database
from common.delivery.jobs import JobRun, Work
from common.deps import BaseDeps
from common.ids import first_id_at

log = structlog.get_logger()

PURGE_EVERY = 3600
"""Seconds between two purges."""
OUTBOX_RETENTION = timedelta(days=30)
INBOX_RETENTION = timedelta(days=90)
"""Longer than the outbox's: whoever might still send an event again must find it here."""
CALL_RETENTION = INBOX_RETENTION
"""As long as the event that asked for it is known: no replay may plan the same effect again."""
BATCH = 1000

DELIVERIES = text("""
delete from outbox_delivery where (event_id, subscriber) in (
  select event_id, subscriber from outbox_delivery
  where event_id < :first_kept and state in ('acked', 'skipped')
    and coalesce(acked_at, created_at) < :cutoff
  order by event_id limit :batch for update skip locked)
""")

EVENTS = text("""
delete from outbox_event where id in (
  select id from outbox_event event
  where id < :first_kept and created_at < :cutoff
    and not exists (select from outbox_delivery where event_id = event.id)
  order by id limit :batch for update skip locked)
""")

RECEIPTS = text("""
delete from inbox where event_id in (
  select event_id from inbox
  where event_id < :first_kept and processed_at < :cutoff
  order by event_id limit :batch for update skip locked)
""")

# A skipped call is dead, too; somebody said that it need not happen any more.
CALLS = text("""
delete from outbound_call where id in (
  select id from outbound_call call
  where id < :first_kept and created_at < :cutoff
    and ((state = 'done' and done_at < :cutoff) or (state = 'dead' and skipped_at < :cutoff))
    and not exists (select from inbox where event_id = call.event_id)
  order by id limit :batch for update skip locked)
""")


def purge_job(is_stopping: Callable[[], bool]) -> Work:
    """Return the scheduled job that purges, and ends between two batches when it is to stop."""

    def purge(deps: BaseDeps, run: JobRun) -> None:
        gone = purge_delivery(deps.database, now=deps.now(), is_stopping=is_stopping)
        log.info("delivery purged", **gone)

    return purge


def purge_delivery(
    database: Database,
    *,
    now: datetime,
    is_stopping: Callable[[], bool] = lambda: False,
    batch: int = BATCH,
) -> dict[str, int]:
    """Delete what outlived its retention at `now`; return how many rows of each table.

    Deliveries go before their events, receipts before the calls that they planned. What is still owed, unhandled or dead stays, however old.
    """
    steps = (
        ("outbox_delivery", DELIVERIES, now - OUTBOX_RETENTION),
        ("outbox_event", EVENTS, now - OUTBOX_RETENTION),
        ("inbox", RECEIPTS, now - INBOX_RETENTION),
        ("outbound_call", CALLS, now - CALL_RETENTION),
    )
    return {
        table: _delete(database, statement, cutoff, batch=batch, is_stopping=is_stopping)
        for table, statement, cutoff in steps
    }


def _delete(
    database: Database,
    statement: TextClause,
    cutoff: datetime,
    *,
    batch: int,
    is_stopping: Callable[[], bool],
) -> int:
    """Delete batch after batch, each in a transaction of its own, until one is not full."""
    values = {"first_kept": first_id_at(cutoff), "cutoff": cutoff, "batch": batch}
    deleted = 0
    while not is_stopping():
        with database.transaction() as session:
            gone = session.connection().execute(statement, values).rowcount
        deleted += gone
        if gone < batch:
            break
    return deleted
