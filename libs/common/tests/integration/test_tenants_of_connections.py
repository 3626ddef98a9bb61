"""No connection takes a tenant along from one transaction to the next, whatever ended the first."""

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from common.db import Database, act_as
from common.ids import new_id
from common.together import ask_together, sent_with_commit, write
from devstack.testing.databases import DatabaseMaker

pytestmark = [pytest.mark.integration, pytest.mark.rule("K19")]
ONE, OTHER = new_id(), new_id()
TENANT = text("select nullif(current_setting('app.tenant', true), '') as tenant, pg_backend_pid()")
FINE = text("select cast(:value as text) as value")
BROKEN = text("select 1 / cast(:value as int)")
ADD = text("insert into canary (queue, seen_at) values (:queue, now())")
FIND = text("""
select set_config('app.tenant', cast(maker as text), true)
from (values (1, cast(:one as text))) as lookup (id, maker) where id = :id
""")


@pytest.fixture
def database(make_service_database: DatabaseMaker) -> Database:
    """One connection alone, so that each transaction gets the one before's."""
    return Database(make_service_database("links").url, pool_size=1, max_overflow=0)


def tenant_of(session: Session) -> str | None:
    [[row]] = ask_together(session, (TENANT, {}))
    found: str | None = row.tenant
    return found


def nobodys(database: Database) -> bool:
    with database.transaction() as session:
        return tenant_of(session) is None


@pytest.mark.parametrize("maker_id", [ONE, None])
def test_it_goes_with_its_commit(database: Database, maker_id: UUID | None) -> None:
    with database.transaction(maker_id) as session:
        act_as(session, OTHER)
        assert tenant_of(session) == str(OTHER)
    assert nobodys(database)
    with database.transaction(ONE) as session:
        assert tenant_of(session) == str(ONE)
    database.close()


@pytest.mark.parametrize("wrong", [{"value": 0}, {"value": "\x00"}, {"value": object()}])
def test_it_goes_with_what_broke_among_several(
    database: Database, wrong: dict[str, object]
) -> None:
    with pytest.raises((DBAPIError, TypeError)), database.transaction(ONE) as session:
        ask_together(session, (FINE, {"value": "a"}), (BROKEN, wrong), (FINE, {"value": "b"}))
    assert nobodys(database)
    with database.transaction(OTHER) as session:
        found = ask_together(session, (FINE, {"value": "a"}), (FINE, {"value": "b"}))
        assert [[row.value for row in rows] for rows in found] == [["a"], ["b"]]
        assert tenant_of(session) == str(OTHER)
    database.close()


def test_what_is_caught_inside_keeps_nothing_of_it(database: Database) -> None:
    with suppress(DBAPIError), database.transaction(ONE) as session, suppress(DataError):
        ask_together(session, (BROKEN, {"value": 0}))
        session.execute(FINE, {"value": "a"})
    assert nobodys(database)
    database.close()


def write_and_fail(database: Database) -> None:
    with database.transaction(ONE) as session, sent_with_commit(session):
        write(session, ADD, {"queue": "waits"})
        raise RuntimeError


def write_twice(database: Database) -> None:
    with database.transaction(ONE) as session, sent_with_commit(session):
        write(session, ADD, {"queue": "twice"})
        write(session, ADD, {"queue": "twice"})


@pytest.mark.parametrize("fail", [write_and_fail, write_twice])
def test_nothing_stays_of_what_was_sent_with_commit_and_failed(
    database: Database, fail: Callable[[Database], None]
) -> None:
    with pytest.raises((RuntimeError, IntegrityError)):
        fail(database)
    with database.transaction() as session:
        assert session.scalar(text("select count(*) from canary")) == 0
    assert nobodys(database)
    database.close()


def test_whose_it_is_not_found_makes_it_nobodys(database: Database) -> None:
    with database.transaction() as session:
        ask_together(session, (FIND, {"one": str(ONE), "id": 1}))
        assert tenant_of(session) == str(ONE)
    with database.transaction() as session:
        assert ask_together(session, (FIND, {"one": str(ONE), "id": 2})) == [[]]
        assert tenant_of(session) is None
    database.close()
