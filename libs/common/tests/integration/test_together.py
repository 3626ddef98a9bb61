"""Statements that share a round trip: their rows, their refusals, and the commit that goes with them."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from common.db import Database, act_as, act_as_owner
from common.ids import new_id
from common.together import ask_together, write
from devstack.testing.databases import DatabaseMaker

pytestmark = pytest.mark.integration

TENANT = text("select current_setting('app.tenant', true) as tenant")
COUNT = text("insert into aggregate_sequence (aggregate_id, seq) values (:id, :seq)")
SEQ = text("select seq from aggregate_sequence where aggregate_id = :id")


@pytest.fixture
def database(make_service_database: DatabaseMaker) -> Iterator[Database]:
    database = Database(make_service_database("links").url, pool_size=2, max_overflow=0)
    yield database
    database.close()


def test_rows_come_in_the_order_of_the_statements(database: Database) -> None:
    one, other = new_id(), new_id()
    with database.transaction() as session:
        nothing, first, second = ask_together(
            session,
            (COUNT, {"id": one, "seq": 7}),
            (SEQ, {"id": one}),
            (SEQ, {"id": other}),
        )
    assert (nothing, [row.seq for row in first], second) == ([], [7], [])


def test_a_refused_one_is_told_as_sqlalchemy_tells_it_and_none_holds(database: Database) -> None:
    one = new_id()
    twice = (COUNT, {"id": one, "seq": 1})
    with pytest.raises(IntegrityError), database.transaction() as session:
        ask_together(session, twice, twice)
    with database.transaction() as session:
        assert ask_together(session, (SEQ, {"id": one})) == [[]]


def test_what_is_written_last_goes_with_the_commit(database: Database) -> None:
    one = new_id()
    with database.transaction(writes_last=True) as session:
        write(session, COUNT, {"id": one, "seq": 3})
        assert ask_together(session, (SEQ, {"id": one})) == [[]], "sent before the end"
    assert not database.engine.pool.checkedout()  # type: ignore[attr-defined]
    with database.transaction() as session:
        assert session.scalar(SEQ, {"id": one}) == 3


def test_what_was_to_be_written_last_is_dropped_with_a_failed_block(database: Database) -> None:
    one = new_id()
    with pytest.raises(ZeroDivisionError):
        write_and_fail(database, one)
    with database.transaction() as session:
        assert session.scalar(SEQ, {"id": one}) is None


def test_a_cut_connection_is_told_and_not_used_again(database: Database) -> None:
    with pytest.raises(OperationalError):
        ask_on_a_cut_connection(database)
    with database.transaction() as session:
        assert ask_together(session, (TENANT, {}))


def test_the_tenant_is_told_with_the_beginning_and_forgotten_with_the_end(
    database: Database,
) -> None:
    maker, other = uuid4(), uuid4()
    with database.transaction(maker) as session:
        assert session.scalar(TENANT) == str(maker)
        act_as(session, other)
        assert session.scalar(TENANT) == str(other)
    with database.transaction() as session:
        assert not session.scalar(TENANT)


def test_an_owner_is_found_and_acted_for_at_once_or_later(database: Database) -> None:
    words = "select '{}', set_config('app.tenant', 'found', true)"
    key = uuid4()
    for is_begun in (False, True):
        with database.transaction() as session:
            if is_begun:
                session.scalar(TENANT)
            assert act_as_owner(session, words, key) == str(key)
            assert session.scalar(TENANT) == "found"
    with database.transaction() as session:
        assert act_as_owner(session, f"{words} where false", key) is None


def write_and_fail(database: Database, aggregate_id: UUID) -> None:
    with database.transaction(writes_last=True) as session:
        write(session, COUNT, {"id": aggregate_id, "seq": 3})
        raise ZeroDivisionError


def ask_on_a_cut_connection(database: Database) -> None:
    beside = database.beside()
    with database.transaction() as session:
        pid = session.scalar(text("select pg_backend_pid()"))
        with beside.transaction() as other:
            other.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        beside.close()
        ask_together(session, (TENANT, {}))
