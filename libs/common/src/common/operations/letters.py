"""Dead letters: events and effects that were given up, one by one, newest first (K11)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from common.operations.cursors import AFTER_ALL, Cursor
from common.operations.masking import masked

EVENT, CALL = "event", "call"
LOOKED_AT = 10_000
"""Of each kind the newest so many are sorted by failure: telling failures apart reads every text."""
MOST_COUNTED = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One that was given up. `kind` is event or call; `error` is masked."""

    kind: str
    id: UUID
    name: str
    since: datetime
    age: timedelta
    attempts: int
    error: str
    error_key: str
    event_id: UUID
    maker_id: UUID | None
    brand_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which letters: of `kind` and `name` (None: any), and of one failure when its key is given."""

    kind: str | None = None
    name: str | None = None
    error_key: str | None = None

    def values(self) -> dict[str, Any]:
        return {"kind": self.kind, "name": self.name, "error_key": self.error_key}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """Which page of them: those after `after`, dead for at least `older_than`."""

    older_than: timedelta = timedelta(0)
    after: Cursor = field(default=AFTER_ALL)
    limit: int = 50

    def values(self) -> dict[str, Any]:
        return {
            "older_than": self.older_than.total_seconds(),
            "at": self.after.at,
            "id": self.after.id,
            "limit": self.limit + 1,
        }


ANY = Wanted()
FIRST_LEAF = Leaf()


@dataclass(frozen=True, slots=True)
class LetterPage:
    rows: Sequence[Letter]
    next_after: Cursor | None


# Two of a kind differ in ids, addresses and long numbers, and died of the same all the same.
ERROR_KEY = r"""md5(regexp_replace(coalesce(last_error, ''),
  '[^\s<>]+@[^\s<>]+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{20,}|[0-9]{7,}', '#', 'gi'))"""
HALVES = {
    EVENT: f"""
select 'event' as kind, event_id as id, name, dead_at as since, attempts, last_error as error,
  {ERROR_KEY} as error_key, event_id, maker_id, brand_id
from inbox where dead_at is not null""",  # noqa: S608 - nothing but our own words.
    CALL: f"""
select 'call', id, kind, changed_at, attempts, last_error, {ERROR_KEY}, event_id, maker_id, null
from outbound_call where state = 'dead' and skipped_at is null""",  # noqa: S608
}
"""Each walks a partial index that has the dead alone."""
SINCE = {EVENT: "dead_at", CALL: "changed_at"}
NAME = {EVENT: "name", CALL: "kind"}
ID = {EVENT: "event_id", CALL: "id"}


def _page_of(kind: str) -> str:
    since, name, id_ = SINCE[kind], NAME[kind], ID[kind]
    return f"""({HALVES[kind]}
  and (cast(:kind as text) is null or '{kind}' = :kind)
  and (cast(:name as text) is null or {name} = :name)
  and {since} <= least(:at, now() - make_interval(secs => :older_than))
  and ({since}, {id_}) < (:at, :id)
order by {since} desc, {id_} desc limit :limit)"""


def newest_of(kind: str) -> str:
    """Return the SQL of those letters of the kind that groups are made of."""
    return f"({HALVES[kind]} order by {SINCE[kind]} desc, {ID[kind]} desc limit {LOOKED_AT})"


NEWEST = f"{newest_of(EVENT)} union all {newest_of(CALL)}"
PAGE = text(f"""
{_page_of(EVENT)} union all {_page_of(CALL)}
order by since desc, id desc limit :limit
""")
PAGE_OF_ERROR = text(f"""
select * from ({NEWEST}) as letters
where error_key = :error_key
  and (cast(:kind as text) is null or kind = :kind)
  and (cast(:name as text) is null or name = :name)
  and since <= now() - make_interval(secs => :older_than) and (since, id) < (:at, :id)
order by since desc, id desc limit :limit
""")  # noqa: S608
COUNT = text(f"""
select (select count(*) from (
    select from inbox where dead_at is not null limit {MOST_COUNTED}) as events)
  + (select count(*) from (
    select from outbound_call where state = 'dead' and skipped_at is null limit {MOST_COUNTED}
  ) as calls)
""")  # noqa: S608


def list_letters(session: Session, wanted: Wanted = ANY, leaf: Leaf = FIRST_LEAF) -> LetterPage:
    """Return one page, newest first."""
    now = session.scalars(select(func.now())).one()
    statement = PAGE_OF_ERROR if wanted.error_key else PAGE
    found = session.execute(statement, {**wanted.values(), **leaf.values()}).all()
    rows = [_letter(row, now) for row in found[: leaf.limit]]
    last = rows[-1] if len(found) > leaf.limit else None
    return LetterPage(rows, Cursor(last.since, last.id) if last else None)


def count_letters(session: Session) -> int:
    """Return how many there are; of more than MOST_COUNTED of a kind, that many."""
    return int(session.scalar(COUNT) or 0)


def _letter(row: Any, now: datetime) -> Letter:
    return Letter(**{**row._mapping, "error": masked(row.error)}, age=now - row.since)
