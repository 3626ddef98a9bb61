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


class DatabaseMaker:
    """Call it with a service's name: gives a new database with all tables and no rows."""

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._templates: dict[str, str] = {}
        self._numbers = itertools.count(1)
        self._made: list[str] = []

    def __call__(self, service: str) -> ServiceDatabase:
        """Make one; it lasts as long as the server."""
        template = self._templates.get(service) or self._make_template(service)
        name = f"{service}_{next(self._numbers)}"
        with self._server.connect() as connection:
            make_database(connection, service, name=name, template=template)
        self._made.append(name)
        return self._address(service, name)

    def drop(self, database: ServiceDatabase) -> None:
        """Drop one before the server ends."""
        with self._server.connect() as connection:
            drop_database(connection, database.name)

    def _make_template(self, service: str) -> str:
        name = f"{service}_template"
        with self._server.connect() as connection:
            make_roles(connection, service, self._passwords(service))
            make_database(connection, service, name=name)
        migrate(service, self._address(service, name).owner_url)
        self._templates[service] = name
        return name

    def _address(self, service: str, name: str) -> ServiceDatabase:
        return address_of(self._server, service, self._passwords(service), name=name)

    def _passwords(self, service: str) -> dict[str, str]:
        return dict.fromkeys(roles_of(service), "only-for-tests")
