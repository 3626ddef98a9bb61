"""The sweeper: finds what is due in the database, so that no message is needed twice (K7)."""

import math
from collections.abc import Callable

from sqlalchemy import text

from common.db import Database
from common.delivery.inbox import handle_event
from common.delivery.outbound_leases import end_expired_leases

BATCH = 50

DUE = text("""
select event_id from inbox
where processed_at is null and dead_at is null and next_attempt_at <= now()
  and not exists (
    select from delivery_pause as pause where pause.kind = 'handler' and pause.name = inbox.name)
order by next_attempt_at limit :batch
""")


def sweep(
    database: Database,
    *,
    is_stopping: Callable[[], bool] = lambda: False,
    longest_pause: float = math.inf,
) -> bool:
    """Handle due inbox rows and end leases whose holder is gone; True when there may be more.

    `longest_pause` shortens how long the calls of those who are gone stay in doubt.
    """
    end_expired_leases(database, longest_pause=longest_pause)
    with database.transaction() as session:
        due = session.scalars(DUE, {"batch": BATCH}).all()
    for event_id in due:
        if is_stopping():
            return False
        handle_event(database, event_id)
    return len(due) == BATCH
