"""Backups of a running stack's services, and one service put back while the others run (F39)."""

import time
from datetime import datetime
from pathlib import Path

from psycopg import sql

from common.backup import back_up, resend, restore
from common.db import Database
from devstack.databases import roles_of
from devstack.programs import postgres_of
from devstack.services import SERVICES
from devstack.testing.stack import RunningStack

END = "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s"


class Vault:
    """Does for one service what deploy/README.md tells people to do."""

    def __init__(self, stack: RunningStack, service: str, folder: Path) -> None:
        self._stack, self._service, self._folder = stack, service, folder / service
        self._address = postgres_of(stack._stack).url(service)

    def back_up(self) -> datetime:
        """Return the moment of which it is."""
        made = back_up(self._service, database=self._address, storage=None, to=self._folder)
        return datetime.fromisoformat(made.begun_at)

    def put_back(self) -> None:
        """Restore it while its processes can reach no database: as good as stopped."""
        _, app = roles_of(self._service)
        with self._stack.postgres() as connection:
            connection.execute(sql.SQL("alter role {} nologin").format(sql.Identifier(app)))
            try:
                while connection.execute(END, [self._service]).fetchall():
                    time.sleep(0.1)  # Until the last of them is gone.
                restore(
                    self._service,
                    database=self._address,
                    storage=None,
                    source=self._folder,
                    replace=True,
                )
            finally:
                connection.execute(sql.SQL("alter role {} login").format(sql.Identifier(app)))

    def send_again(self, since: datetime) -> int:
        """Let every service send again what this one had acknowledged since then; return how much."""
        sent = 0
        for service in SERVICES:
            database = Database(self._stack.environment(service)["DATABASE_URL"], pool_size=1)
            sent += resend(database, subscriber=self._service, since=since)
            database.close()
        return sent
