"""What waits, in sums by destination, at the same cost whether a thousand rows wait or a million.

Of each subscriber and of each kind of call, and of all received events, the first LOOKED_AT are
looked at, in the order in which they are tried, as the indexes have them. Where more wait, `number`
is at least, and so is the age of the oldest.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.operations.destinations import OWED, PLANNED
from common.operations.holding import EFFECT, HANDLER, SUBSCRIBER
from common.operations.masking import masked

LOOKED_AT = 10_000
MOST_GROUPS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Rows of one destination that are not done. `state` and `key` are those of calls alone."""

    kind: str
    name: str
    key: str = ""
    state: str = ""
    number: int
    is_more: bool
    """Whether more wait than were looked at: there are at least `number`."""
    oldest: datetime
    next_at: datetime
    attempts: int
    error: str
    is_paused: bool


OUTBOX = text(f"""
with recursive {OWED}
select owed.subscriber as name, '' as key, '' as state, sum.*, null as error
from owed cross join lateral (
  select least(count(*), :most) as number, count(*) > :most as is_more, min(created_at) as oldest,
    min(next_attempt_at) as next_at, max(attempts) as attempts
  from (select created_at, next_attempt_at, attempts from outbox_delivery
    where subscriber = owed.subscriber and state in ('pending', 'sent')
    order by next_attempt_at limit :most + 1) as first) as sum
where sum.number > 0 order by name
""")  # noqa: S608 - nothing but our own words.
INBOX = text("""
with first as (
  select name, received_at, next_attempt_at, attempts, last_error from inbox
  where processed_at is null and dead_at is null order by next_attempt_at limit :most + 1)
select name, '' as key, '' as state, least(count(*), :most) as number,
  (select count(*) > :most from first) as is_more, min(received_at) as oldest,
  min(next_attempt_at) as next_at, max(attempts) as attempts, max(last_error) as error
from first group by name order by name
""")
CALLS = text(f"""
with recursive {PLANNED},
first as (
  select row.*, count(*) over (partition by row.kind) > :most as is_more
  from planned cross join lateral (
    (select kind, one_at_a_time, state, created_at, next_attempt_at, attempts, last_error
    from outbound_call where kind = planned.kind and state in ('pending', 'unknown', 'accepted')
    order by next_attempt_at limit :most + 1)
    union all
    (select kind, one_at_a_time, state, created_at, next_attempt_at, attempts, last_error
    from outbound_call where kind = planned.kind and state = 'sending' limit :most)) as row)
select kind as name, coalesce(one_at_a_time, '') as key, state,
  least(count(*), :most) as number, bool_or(is_more) as is_more, min(created_at) as oldest,
  min(next_attempt_at) as next_at, max(attempts) as attempts, max(last_error) as error
from first group by 1, 2, 3 order by min(created_at) limit {MOST_GROUPS}
""")  # noqa: S608
SUMS = {SUBSCRIBER: OUTBOX, HANDLER: INBOX, EFFECT: CALLS}


def list_sums(
    session: Session, kind: str, *, held: Collection[tuple[str, str, str]]
) -> Sequence[Waiting]:
    """Return what waits for destinations of that kind; `held`: kind, name and key of the pauses.

    For a transaction that walks along indexes (`walk_indexes`).
    """
    rows = session.execute(SUMS[kind], {"most": LOOKED_AT})
    return [_waiting(kind, row, held) for row in rows]


def _waiting(kind: str, row: Any, held: Collection[tuple[str, str, str]]) -> Waiting:
    is_paused = (kind, row.name, "") in held or (kind, row.name, row.key) in held
    return Waiting(kind=kind, is_paused=is_paused, **{**row._mapping, "error": masked(row.error)})
