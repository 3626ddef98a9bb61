"""A connection that rested is asked before its use; one that was cut meanwhile costs nobody anything."""

import pytest
from sqlalchemy import text

from common import pings
from common.db import Database
from devstack.testing.databases import DatabaseMaker

pytestmark = pytest.mark.integration

ME = text("select pg_backend_pid()")


@pytest.fixture
def database(make_service_database: DatabaseMaker) -> Database:
    return Database(make_service_database("links").url, pool_size=2, max_overflow=0)


def test_cut_while_they_rested(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    before = cut_all(database)
    monkeypatch.setattr(pings, "REST_SECONDS", 0.0)
    with database.transaction() as one, database.transaction() as other:
        assert not {one.scalar(ME), other.scalar(ME)} & before
    database.close()


def test_who_worked_a_moment_ago_is_not_asked(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pings, "REST_SECONDS", 600.0)
    asked: list[object] = []
    monkeypatch.setattr(database.engine.dialect, "do_ping", asked.append)
    for _ in range(3):
        with database.transaction() as session:
            session.scalar(ME)
    assert asked == []
    database.close()


def cut_all(database: Database) -> set[int]:
    """Use two connections at once, end both from a third; return whose they were."""
    with database.transaction() as one, database.transaction() as other:
        pids = {one.scalars(ME).one(), other.scalars(ME).one()}
    beside = database.beside()
    with beside.transaction() as session:
        for pid in pids:
            session.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    beside.close()
    return pids
