"""Dead letters: events and effects that were given up, one by one and in groups (K11)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.operations.masking import masked

EVENT, CALL = "event", "call"
MOST_AT_ONCE = 1000
"""Of a group, the oldest so many are acted on at a time: one statement, well below its timeout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One that was given up. `kind` is event or call; `error` is masked."""

    kind: str
    id: UUID
    name: str
    since: datetime
    attempts: int
    error: str
    error_key: str
    event_id: UUID
    maker_id: UUID | None
    brand_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which letters: all of `kind` and `name` (None: any), and of one error when its key is given."""

    kind: str | None = None
    name: str | None = None
    error_key: str | None = None

    def values(self) -> dict[str, Any]:
        return {"kind": self.kind, "name": self.name, "error_key": self.error_key}


@dataclass(frozen=True, slots=True)
class LetterPage:
    rows: Sequence[Letter]
    next_after: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Letters of one name that died of the same. `number`: at most MOST_AT_ONCE are acted on."""

    kind: str
    name: str
    error: str
    error_key: str
    number: int
    oldest: datetime


# Both halves are small, whatever the tables hold: a partial index has the dead alone.
LETTERS = """
select 'event' as kind, event_id as id, name, dead_at as since, attempts, last_error as error,
  md5(coalesce(last_error, '')) as error_key, event_id, maker_id, brand_id
from inbox where dead_at is not null
union all
select 'call', id, kind, changed_at, attempts, last_error, md5(coalesce(last_error, '')),
  event_id, maker_id, null
from outbound_call where state = 'dead' and skipped_at is null
"""
CHOSEN = """
where (cast(:kind as text) is null or kind = :kind)
  and (cast(:name as text) is null or name = :name)
  and (cast(:error_key as text) is null or error_key = :error_key)
"""
PAGE = text(f"""
select * from ({LETTERS}) as letters {CHOSEN}
  and (cast(:after as uuid) is null or id < :after)
order by id desc limit :limit
""")  # noqa: S608 - nothing but our own words.
COUNT = text(f"select count(*) from ({LETTERS}) as letters")  # noqa: S608
GROUPS = text(f"""
select kind, name, error_key, min(error) as error, count(*) as number, min(since) as oldest
from ({LETTERS}) as letters {CHOSEN}
group by kind, name, error_key order by number desc, name, error_key limit :limit
""")  # noqa: S608


def list_letters(
    session: Session, wanted: Wanted, *, after: UUID | None = None, limit: int = 50
) -> LetterPage:
    """Return one page, newest event first; `after` is the last id already seen."""
    values = {**wanted.values(), "after": after, "limit": limit + 1}
    rows = [_letter(row) for row in session.execute(PAGE, values)]
    page = rows[:limit]
    return LetterPage(page, page[-1].id if len(rows) > limit else None)


def list_groups(session: Session, wanted: Wanted = Wanted(), *, limit: int = 50) -> list[Group]:
    """Return the largest groups of same name and same error."""
    rows = session.execute(GROUPS, {**wanted.values(), "limit": limit})
    return [Group(**{**row._mapping, "error": masked(row.error)}) for row in rows]


def count_letters(session: Session) -> int:
    return int(session.scalar(COUNT) or 0)


def error_key_of(error: str | None) -> str:
    """Return what tells errors apart without quoting them."""
    return hashlib.md5((error or "").encode(), usedforsecurity=False).hexdigest()


def _letter(row: Any) -> Letter:
    return Letter(**{**row._mapping, "error": masked(row.error)})
