"""Bring a service's database to its newest shape: `python -m common.migrate <service>`.

It may run while the release before still works on the tables, and is the one who gives way: who
waits for a table lets nobody pass, and may hold another that somebody else waits for.
"""

import os
import sys
import time

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from common.db import Base
from common.schema_version import folder_of

LOCK = 0x6F72_6465_726C
PATIENCE = "500ms"
"""For a lock on a table: less than the second after which PostgreSQL looks for deadlocks."""
TRIES, PAUSE_SECONDS = 120, 0.5
TABLE_IN_USE = ("55P03", "40P01")
"""lock_not_available, deadlock_detected."""


def migrate(service: str, owner_url: str, *, revision: str = "head") -> None:
    """Upgrade as the owner role. Two at once wait for each other; repeating does nothing.

    Each migration is one transaction: one that meets a table in use is undone and tried again.
    """
    engine = create_engine(owner_url, poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("select pg_advisory_lock(:key)"), {"key": LOCK})
        connection.execute(text(f"set lock_timeout = '{PATIENCE}'"))
        connection.commit()
        config = Config()
        config.set_main_option("script_location", str(folder_of(service)))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        for left in reversed(range(TRIES)):
            if _upgrade(connection, config, revision, is_last=not left):
                break
            time.sleep(PAUSE_SECONDS)


def _upgrade(connection: Connection, config: Config, revision: str, *, is_last: bool) -> bool:
    """Return whether all is done; False when a table was in use. Raises what else goes wrong."""
    try:
        command.upgrade(config, revision)
        connection.commit()
    except OperationalError as busy:
        connection.rollback()
        if is_last or getattr(busy.orig, "sqlstate", None) not in TABLE_IN_USE:
            raise
        return False
    return True


def run_migrations() -> None:
    """Be a service's migrations/env.py: import its models, then call this."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection, target_metadata=Base.metadata, transaction_per_migration=True
    )
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "__main__":
    migrate(sys.argv[1], os.environ["OWNER_DATABASE_URL"])
