"""What waits in this service, for how long and why: the page at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from common.delivery.tables import DeliveryPause
from common.operations.groups import Group, list_groups
from common.operations.holding import EFFECT, HANDLER, SUBSCRIBER, list_pauses
from common.operations.jobs import JobSeen, list_jobs
from common.operations.letters import count_letters
from common.operations.sums import Waiting, list_sums
from common.operations.walking import walk_indexes

LATE = timedelta(minutes=1)
"""As the alerts DeliveryOld and InboxOld."""
LATE_EFFECT = timedelta(minutes=15)
"""As the alert EffectsWait."""
LONG_PAUSE = timedelta(days=60)
"""Receipts are kept for 90 days: what is sent again after that would be handled again."""


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

    @property
    def is_more(self) -> bool:
        """Whether more wait than were counted."""
        return any(each.is_more for each in (*self.outbox, *self.inbox, *self.calls))

    def is_long(self, pause: DeliveryPause) -> bool:
        return self.now - pause.since > LONG_PAUSE


def read_overview(session: Session) -> Overview:
    """Read it all from partial indexes, however long the past is and however much waits."""
    pauses = list_pauses(session)
    held = {(each.kind, each.name, each.key) for each in pauses}
    walk_indexes(session)
    return Overview(
        now=session.scalars(select(func.now())).one(),
        dead=count_letters(session),
        outbox=list_sums(session, SUBSCRIBER, held=held),
        inbox=list_sums(session, HANDLER, held=held),
        calls=list_sums(session, EFFECT, held=held),
        groups=list_groups(session),
        jobs=list_jobs(session),
        pauses=pauses,
    )
