"""Several statements in one round trip, by PostgreSQL's pipelining (libpq, "Pipeline Mode").

Each wait for an answer is two changes between processes, which under load cost more than the answer.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy import Connection, TextClause
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from common.tracing.statements import told_together

_WAITING = "together"
Asked = tuple[TextClause, Mapping[str, Any]]
"""A statement in fixed words, and what is filled in."""


def ask_together(session: Session, *asked: Asked, commits: bool = False) -> list[list[Any]]:
    """Return the rows of each statement, by column names, in the order of the statements.

    `commits`: a COMMIT goes with them; the session's own finds nothing left to commit.
    """
    connection = session.connection()
    driver = _driver_of(connection)
    statements = [_words_of(words) for words, _ in asked]
    with _told_by_sqlalchemy(connection), told_together(statements):
        cursors = [driver.cursor(row_factory=namedtuple_row) for _ in asked]
        with driver.pipeline():
            for cursor, statement, (_, filled_in) in zip(cursors, statements, asked, strict=True):
                cursor.execute(statement, filled_in)
            if commits:
                driver.execute(b"COMMIT", prepare=False)
        return [cursor.fetchall() if cursor.description else [] for cursor in cursors]


def write(session: Session, words: TextClause, filled_in: Mapping[str, Any]) -> None:
    """Execute it now, or in sent_with_commit with what is written before and after it."""
    waiting = session.info.get(_WAITING)
    if waiting is None:
        session.execute(words, filled_in)
    else:
        waiting.append((words, filled_in))


@contextmanager
def sent_with_commit(session: Session) -> Iterator[None]:
    """Send what the block writes at its end, and the commit with it; what it reads is read before.

    For the end of a transaction: what the session would still flush goes first.
    """
    waiting: list[Asked] = []
    session.info[_WAITING] = waiting
    try:
        yield
    finally:
        del session.info[_WAITING]
    session.flush()
    ask_together(session, *waiting, commits=True)


def _driver_of(connection: Connection) -> "psycopg.Connection[Any]":
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    return driver


@contextmanager
def _told_by_sqlalchemy(connection: Connection) -> Iterator[None]:
    """Raise what psycopg raises as SQLAlchemy would, which everybody here knows."""
    try:
        yield
    except psycopg.Error as wrong:
        if _driver_of(connection).broken:
            connection.invalidate(wrong)
        raise DBAPIError.instance(
            None, None, wrong, psycopg.Error, hide_parameters=True, dialect=connection.dialect
        ) from wrong


@cache
def _words_of(words: TextClause) -> bytes:
    """Return them as psycopg reads them: %(name)s where SQLAlchemy has :name."""
    return str(words.compile(dialect=_dialect())).encode()


@cache
def _dialect() -> PGDialect_psycopg:
    return PGDialect_psycopg()  # type: ignore[no-untyped-call]
