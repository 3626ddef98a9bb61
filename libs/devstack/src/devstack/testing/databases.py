"""Databases for tests: migrated once per service, then copied, which takes milliseconds."""

import itertools
from collections.abc import Callable

from common.migrate import migrate
from devstack.databases import (
    ServiceDatabase,
    address_of,
    drop_database,
    make_database,
    make_roles,
    roles_of,
)
from devstack.servers.postgres import Postgres

MakeServiceDatabase = Callable[[str], ServiceDatabase]
Fill = Callable[[ServiceDatabase], None]


# As replica no foreign key is looked at; deleting a few rows is quicker than truncating files.
EMPTY = """
do $$
declare named record;
begin
  set local session_replication_role = replica;
  for named in select tablename from pg_tables
      where schemaname = 'public' and tablename <> 'alembic_version' loop
    execute format('delete from %I', named.tablename);
  end loop;
end $$
"""


class DatabaseMaker:
    """Call it with a service's name: gives a new database with all tables and no rows."""

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._templates: dict[tuple[str, Fill | None], str] = {}
        self._kept: dict[str, ServiceDatabase] = {}
        self._numbers = itertools.count(1)

    def __call__(self, service: str, *, filled_by: Fill | None = None) -> ServiceDatabase:
        """Make one; it lasts as long as the server.

        `filled_by` is called once per process and closes what it opens: others get copies of the
        rows that it wrote.
        """
        template = self._templates.get((service, filled_by))
        if template is None:
            template = self._make_template(service, filled_by)
        return self._copy(service, template)

    def emptied(self, service: str) -> ServiceDatabase:
        """Give the same database each time, without the rows that were written since.

        For one test after the other: it takes milliseconds where a new one takes a folder of
        hundreds of files, which busy machines write and remove slowly.
        """
        kept = self._kept.get(service)
        if kept is None:
            kept = self._kept[service] = self(service)
        else:
            with self._server.connect(kept.name) as connection:
                connection.execute(EMPTY)
        return kept

    def drop(self, database: ServiceDatabase) -> None:
        """Drop one before the server ends."""
        with self._server.connect() as connection:
            drop_database(connection, database.name)

    def _copy(self, service: str, template: str) -> ServiceDatabase:
        name = f"{service}_{next(self._numbers)}"
        with self._server.connect() as connection:
            make_database(connection, service, name=name, template=template)
        return self._address(service, name)

    def _make_template(self, service: str, fill: Fill | None) -> str:
        if fill is None:
            made = self._migrated(service)
        else:
            made = self(service)
            fill(made)
        self._templates[service, fill] = made.name
        return made.name

    def _migrated(self, service: str) -> ServiceDatabase:
        name = f"{service}_template"
        with self._server.connect() as connection:
            make_roles(connection, service, self._passwords(service))
            make_database(connection, service, name=name)
        made = self._address(service, name)
        migrate(service, made.owner_url)
        return made

    def _address(self, service: str, name: str) -> ServiceDatabase:
        return address_of(self._server, service, self._passwords(service), name=name)

    def _passwords(self, service: str) -> dict[str, str]:
        return dict.fromkeys(roles_of(service), "only-for-tests")
