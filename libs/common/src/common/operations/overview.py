"""What waits in this service, for how long and why: the page at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from common.delivery.tables import DeliveryPause
from common.operations.groups import Group, list_groups
from common.operations.holding import EFFECT, HANDLER, SUBSCRIBER, list_pauses
from common.operations.jobs import JobSeen, list_jobs
from common.operations.letters import count_letters
from common.operations.masking import masked

MOST_GROUPS = 100
LATE = timedelta(minutes=1)
"""As the alerts DeliveryOld and InboxOld."""
LATE_EFFECT = timedelta(minutes=15)
"""As the alert EffectsWait."""
LONG_PAUSE = timedelta(days=60)
"""Receipts are kept for 90 days: what is sent again after that would be handled again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Rows of one destination that are not done. `state` and `key` are those of calls alone."""

    kind: str
    name: str
    key: str = ""
    state: str = ""
    number: int
    oldest: datetime
    next_at: datetime
    attempts: int
    error: str
    is_paused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    now: datetime
    """By the database's clock."""
    outbox: Sequence[Waiting]
    inbox: Sequence[Waiting]
    calls: Sequence[Waiting]
    groups: Sequence[Group]
    jobs: Sequence[JobSeen]
    pauses: Sequence[DeliveryPause]
    dead: int

    @property
    def state(self) -> str:
        """red: a person must act; amber: something waits too long or is held back; else quiet."""
        if self.dead:
            return "red"
        return "amber" if self.pauses or self.late else "quiet"

    @property
    def late(self) -> int:
        """How many destinations and jobs are later than they should be."""
        waiting = [*self.outbox, *self.inbox]
        slow = [each for each in waiting if self.now - each.oldest > LATE]
        slow += [each for each in self.calls if self.now - each.oldest > LATE_EFFECT]
        return len(slow) + sum(job.state in ("late", "failed") for job in self.jobs)

    @property
    def is_cut(self) -> bool:
        """Whether there are more dead letters than are sorted by failure."""
        return self.dead > sum(group.number for group in self.groups)

    @property
    def waiting(self) -> int:
        return sum(each.number for each in (*self.outbox, *self.inbox, *self.calls))

    def is_long(self, pause: DeliveryPause) -> bool:
        return self.now - pause.since > LONG_PAUSE


OUTBOX = text("""
select subscriber as name, '' as key, '' as state, count(*) as number, min(created_at) as oldest,
  min(next_attempt_at) as next_at, max(attempts) as attempts, null as error
from outbox_delivery where state in ('pending', 'sent') group by subscriber order by subscriber
""")
INBOX = text("""
select name, '' as key, '' as state, count(*) as number, min(received_at) as oldest,
  min(next_attempt_at) as next_at, max(attempts) as attempts, max(last_error) as error
from inbox where processed_at is null and dead_at is null group by name order by name
""")
CALLS = text("""
select kind as name, coalesce(one_at_a_time, '') as key, state, count(*) as number,
  min(created_at) as oldest, min(next_attempt_at) as next_at, max(attempts) as attempts,
  max(last_error) as error
from outbound_call where state in ('pending', 'sending', 'unknown', 'accepted')
group by 1, 2, 3 order by min(created_at) limit :most
""")


def read_overview(session: Session) -> Overview:
    """Read it all from partial indexes, however long the past is."""
    pauses = list_pauses(session)
    held = {(each.kind, each.name, each.key) for each in pauses}

    def waiting(kind: str, rows: Any) -> list[Waiting]:
        return [_waiting(kind, row, held) for row in rows]

    return Overview(
        now=session.scalars(select(func.now())).one(),
        dead=count_letters(session),
        outbox=waiting(SUBSCRIBER, session.execute(OUTBOX)),
        inbox=waiting(HANDLER, session.execute(INBOX)),
        calls=waiting(EFFECT, session.execute(CALLS, {"most": MOST_GROUPS})),
        groups=list_groups(session),
        jobs=list_jobs(session),
        pauses=pauses,
    )


def _waiting(kind: str, row: Any, held: set[tuple[str, str, str]]) -> Waiting:
    is_paused = bool({(kind, row.name, ""), (kind, row.name, row.key)} & held)
    return Waiting(kind=kind, is_paused=is_paused, **{**row._mapping, "error": masked(row.error)})
