"""Bring a service's database to its newest shape: `python -m common.migrate <service>`."""

import os
import sys

from alembic import command, context
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from common.db import Base
from common.schema_version import folder_of

LOCK = 0x6F72_6465_726C


def migrate(service: str, owner_url: str, *, revision: str = "head") -> None:
    """Upgrade as the owner role. Two at once wait for each other; repeating does nothing."""
    engine = create_engine(owner_url, poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("select pg_advisory_lock(:key)"), {"key": LOCK})
        connection.commit()
        config = Config()
        config.set_main_option("script_location", str(folder_of(service)))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()


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
