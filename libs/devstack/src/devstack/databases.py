"""One database and two roles per service: the owner migrates, the application only works.

The application's role owns nothing and cannot pass row-level security by; a service's roles are
refused in every other service's database, because nobody may connect but whom we name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from psycopg import Connection, sql

from devstack.servers.postgres import Postgres


@dataclass(frozen=True, kw_only=True)
class ServiceDatabase:
    """A service's own database and how to reach it."""

    service: str
    name: str
    url: str
    """As `<service>_app`."""
    owner_url: str
    """As `<service>_owner`, for migrations only."""


def make_roles(connection: Connection, service: str, passwords: Mapping[str, str]) -> None:
    """Make the service's two roles with these passwords, by role name. Repeating is harmless."""
    for role in roles_of(service):
        known = connection.execute("select 1 from pg_roles where rolname = %s", (role,)).fetchone()
        verb = sql.SQL("alter" if known else "create")
        connection.execute(
            sql.SQL(
                "{} role {} login nosuperuser nobypassrls nocreatedb nocreaterole password {}"
            ).format(verb, sql.Identifier(role), sql.Literal(passwords[role]))
        )


def make_database(
    connection: Connection, service: str, *, name: str = "", template: str = "template0"
) -> bool:
    """Make the database and let in only the service's roles; return whether it is new."""
    name = name or service
    known = connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone()
    owner, app = (sql.Identifier(role) for role in roles_of(service))
    database = sql.Identifier(name)
    if not known:
        connection.execute(
            sql.SQL("create database {} owner {} template {}").format(
                database, owner, sql.Identifier(template)
            )
        )
    connection.execute(sql.SQL("revoke all on database {} from public").format(database))
    connection.execute(sql.SQL("grant connect on database {} to {}").format(database, app))
    return not known


def drop_database(connection: Connection, name: str) -> None:
    """Drop it, whoever is connected."""
    connection.execute(
        sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
    )


def address_of(
    server: Postgres, service: str, passwords: Mapping[str, str], *, name: str = ""
) -> ServiceDatabase:
    """Return how to reach the service's database."""
    name = name or service
    owner, app = roles_of(service)
    return ServiceDatabase(
        service=service,
        name=name,
        url=server.url(name, role=app, password=passwords[app]),
        owner_url=server.url(name, role=owner, password=passwords[owner]),
    )


def roles_of(service: str) -> tuple[str, str]:
    """Return the names of owner and application."""
    return f"{service}_owner", f"{service}_app"
