"""What an operator's script may read: the lists that the pages show."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from common.operations.groups import list_groups
from common.operations.jobs import JobSeen, list_jobs
from common.operations.letters import LetterPage, list_letters
from common.operations.log import LogPage, list_actions
from common.operations.overview import Overview, read_overview
from common.operations.rows import RowPage, Sought
from common.operations.waiting import list_calls, list_inbox, list_outbox
from common.operations.web import asking
from common.web import deps


def show_overview() -> Overview:
    """Show what waits, what died, what is held back, and the scheduled jobs."""
    with deps().database.transaction() as session:
        return read_overview(session)


def list_dead(asked: dict[str, Any]) -> LetterPage:
    """List dead letters, newest first."""
    with deps().database.transaction() as session:
        return list_letters(session, asking.wanted_of(asked), asking.leaf_of(asked))


def list_dead_groups() -> Any:
    """List the largest groups of dead letters by name and failure, with how many each has."""
    with deps().database.transaction() as session:
        return list_groups(session)


def read_outbox(asked: dict[str, Any]) -> RowPage:
    """List what subscribers are owed, in the order in which it is tried."""
    return _rows(list_outbox, asked)


def read_inbox(asked: dict[str, Any]) -> RowPage:
    """List events that arrived and are not handled, in the order in which they are tried."""
    return _rows(list_inbox, asked)


def read_calls(asked: dict[str, Any]) -> RowPage:
    """List effects outside that are not done, in the order in which they are tried."""
    return _rows(list_calls, asked)


def read_jobs() -> list[JobSeen]:
    """List the scheduled jobs."""
    with deps().database.transaction() as session:
        return list_jobs(session)


def show_log(asked: dict[str, Any]) -> LogPage:
    """List what operators did, newest first."""
    with deps().database.transaction() as session:
        return list_actions(session, after=asked["after"], limit=asked["limit"])


def _rows(list_rows: Callable[[Session, Sought], RowPage], asked: dict[str, Any]) -> RowPage:
    with deps().database.transaction() as session:
        return list_rows(session, asking.sought_of(asked))
