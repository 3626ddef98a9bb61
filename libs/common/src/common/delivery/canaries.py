"""When canaries came through: written by the worker, read by `/health/check` of the web."""

import time
from collections.abc import Mapping

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from common.db import Database

log = structlog.get_logger()

# By the database's clock: the web that reads it may run on another machine.
SEEN = text("""
insert into canary (queue, seen_at)
values (:queue, clock_timestamp() - make_interval(secs => :seconds))
on conflict (queue) do update set seen_at = greatest(canary.seen_at, excluded.seen_at)
""")


def remember_canaries(database: Database, seen: Mapping[str, float]) -> None:
    """Write down queue → monotonic time. With the database away it is not, and nothing breaks."""
    now = time.monotonic()
    rows = [{"queue": queue, "seconds": now - at} for queue, at in sorted(seen.items())]
    if not rows:
        return
    try:
        with database.transaction() as session:
            session.execute(SEEN, rows)
    except SQLAlchemyError as away:
        log.warning("canaries not remembered", error=type(away).__name__)
