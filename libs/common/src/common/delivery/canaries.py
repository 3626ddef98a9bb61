"""When canaries came through: written by the worker, read by `/health/check` of the web."""

import structlog
from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from common.db import Database
from common.delivery.tables import Canary

log = structlog.get_logger()


def remember_canary(database: Database, queue: str) -> None:
    """Write down that one came through now. With the database away it is not, and nothing breaks."""
    now = func.clock_timestamp()
    seen = insert(Canary).values(queue=queue, seen_at=now)
    kept = seen.on_conflict_do_update(index_elements=["queue"], set_={"seen_at": now})
    try:
        with database.transaction() as session:
            session.execute(kept)
    except SQLAlchemyError as away:
        log.warning("canary not remembered", error=type(away).__name__)
