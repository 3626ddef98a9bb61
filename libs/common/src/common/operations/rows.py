"""What waits, row by row: the same shape for outbox, inbox and calls outside."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, TextClause, func, select
from sqlalchemy.orm import Session

from common.operations.cursors import BEFORE_ALL, Cursor
from common.operations.holding import list_pauses
from common.operations.masking import masked
from common.operations.walking import walk_indexes


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """One delivery, received event or call that is not done.

    `destination`: the subscriber, handler or kind of effect by which it can be held back;
    `error`: what the last try said, masked; the words for a row without any are the reader's.
    """

    id: UUID
    event_id: UUID
    name: str
    destination: str
    key: str
    state: str
    attempts: int
    since: datetime
    next_at: datetime
    age: timedelta
    error: str
    maker_id: UUID | None
    pause_reason: str | None

    @property
    def reason(self) -> str:
        """Why it is not done yet, as a word for programs; people read it in their language."""
        if self.pause_reason is not None:
            return "paused"
        if self.error:
            return "failed"
        return {"sent": "not_acknowledged", "pending": "not_tried"}.get(self.state, self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which rows: of one destination and state (None: any), waiting for at least so long."""

    name: str | None = None
    state: str | None = None
    older_than: timedelta = timedelta(0)
    after: Cursor = field(default=BEFORE_ALL)
    limit: int = 50

    def values(self) -> dict[str, Any]:
        """Return the parameters of the lists' statements."""
        return {
            "name": self.name,
            "state": self.state,
            "older_than": self.older_than.total_seconds(),
            "at": self.after.at,
            "id": self.after.id,
            "last_name": self.after.name,
            "limit": self.limit + 1,
        }


ALL = Sought()


@dataclass(frozen=True, slots=True)
class RowPage:
    rows: Sequence[WaitingRow]
    next_after: Cursor | None


def read_page(session: Session, statement: TextClause, sought: Sought, *, kind: str) -> RowPage:
    """Return one page of what the statement finds; `kind`: of what its destinations are."""
    now = session.scalars(select(func.now())).one()
    held = {(each.name, each.key): each.reason for each in list_pauses(session, kind=kind)}
    walk_indexes(session)
    found = session.execute(statement, sought.values()).all()
    rows = [_row(row, now, held) for row in found[: sought.limit]]
    last = rows[-1] if len(found) > sought.limit else None
    return RowPage(rows, Cursor(last.next_at, last.id, last.destination) if last else None)


def _row(row: Row[Any], now: datetime, held: dict[tuple[str, str], str]) -> WaitingRow:
    pause = held.get((row.destination, "")) or held.get((row.destination, row.key))
    given = {**row._mapping, "name": masked(row.name), "error": masked(row.error)}
    return WaitingRow(age=now - row.since, pause_reason=pause, **given)
