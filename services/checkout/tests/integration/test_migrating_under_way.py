"""F40: a migration that is killed half way, or meets tables in use, has done nothing, and is done again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from common.migrate import migrate
from devstack.databases import ServiceDatabase, address_of, make_database, roles_of
from devstack.servers.postgres import Postgres
from devstack.testing.databases import DatabaseMaker

pytestmark = pytest.mark.integration
BEFORE = "0012"
"""The migration after it opens the wall of the slips, then wants to open that of the orders."""
SHAPE = """
select relname, attname, relrowsecurity::text || relforcerowsecurity::text
from pg_class join pg_attribute on attrelid = pg_class.oid
where relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped and relkind = 'r'
union all select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'
union all select tablename, policyname, qual from pg_policies where schemaname = 'public'
union all select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
  where connamespace = 'public'::regnamespace
union all select tgrelid::regclass::text, tgname, tgfoid::regproc::text from pg_trigger
  where not tgisinternal
order by 1, 2, 3"""
WAITING = "select count(*) from pg_locks where not granted and database = (select oid from pg_database where datname = %s)"


@pytest.fixture
def older(postgres: Postgres, make_service_database: DatabaseMaker) -> Iterator[ServiceDatabase]:
    """Give a database as an earlier release has left it."""
    whole = make_service_database("checkout")  # Makes the roles, too.
    name = f"{whole.name}_older"
    with postgres.connect() as connection:
        make_database(connection, "checkout", name=name)
    passwords = dict.fromkeys(roles_of("checkout"), "only-for-tests")
    database = address_of(postgres, "checkout", passwords, name=name)
    try:
        migrate("checkout", database.owner_url, revision=BEFORE)
        yield database
    finally:
        make_service_database.drop(database)


def shape_of(database: ServiceDatabase) -> list[tuple[object, ...]]:
    with psycopg.connect(database.owner_url.replace("+psycopg", "")) as owner:
        return owner.execute(SHAPE).fetchall()


def version_of(database: ServiceDatabase) -> str:
    with psycopg.connect(database.owner_url.replace("+psycopg", "")) as owner:
        [version] = owner.execute("select version_num from alembic_version").fetchone() or [""]
    return str(version)


def kill_half_way(database: ServiceDatabase) -> None:
    """Kill the command of a rollout while it waits for the second table that it changes."""
    with psycopg.connect(database.owner_url.replace("+psycopg", "")) as busy:
        busy.execute("lock table orders in access share mode")
        command = [sys.executable, "-m", "common.migrate", "checkout"]
        env = os.environ | {"OWNER_DATABASE_URL": database.owner_url}
        with subprocess.Popen(command, env=env) as process:
            try:
                until = time.monotonic() + 60
                while busy.execute(WAITING, [database.name]).fetchone() != (1,):
                    assert process.poll() is None, "it ended without waiting"
                    assert time.monotonic() < until
                    time.sleep(0.05)
            finally:
                process.send_signal(signal.SIGKILL)


def test_a_migration_that_is_killed_half_way_has_done_nothing_and_is_done_again(
    older: ServiceDatabase, make_service_database: DatabaseMaker
) -> None:
    before = shape_of(older)

    kill_half_way(older)

    assert (version_of(older), shape_of(older)) == (BEFORE, before)
    migrate("checkout", older.owner_url)
    assert shape_of(older) == shape_of(make_service_database("checkout"))


def test_a_migration_gives_way_to_who_works_on_the_tables(
    older: ServiceDatabase, make_service_database: DatabaseMaker
) -> None:
    """Each holds what the other wants: it is the migration that lets go, not the buyer's order."""
    with (
        ThreadPoolExecutor(1) as other,
        psycopg.connect(older.owner_url.replace("+psycopg", "")) as busy,
    ):
        busy.execute("lock table orders in access share mode")
        migrating = other.submit(migrate, "checkout", older.owner_url)
        until = time.monotonic() + 60
        while busy.execute(WAITING, [older.name]).fetchone() != (1,):
            assert time.monotonic() < until
            time.sleep(0.01)
        busy.execute("lock table next_engine_slips in access share mode")
        busy.commit()
        migrating.result(timeout=60)
    assert shape_of(older) == shape_of(make_service_database("checkout"))
