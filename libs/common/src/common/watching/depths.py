"""How much waits in this service's database, and for how long: read when somebody looks.

Every web process tells the same numbers, so rules and dashboards take the largest, never the sum.
No label is anybody's: names of services, of kinds of effects and of jobs, as the code has them.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Depth:
    """One number of a gauge. `labels` in the order of the gauge's label names."""

    gauge: str
    labels: tuple[str, ...]
    value: float


Watched = Callable[[Session], Iterable[Depth]]
"""What a service adds of its own: a few depths, by a query that an index answers."""

GAUGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "orderlink_outbox_deliveries": ("Deliveries not acknowledged yet.", ("subscriber",)),
    "orderlink_outbox_oldest_seconds": ("Age of the oldest of them.", ("subscriber",)),
    "orderlink_inbox_events": ("Events received and not processed.", ("producer",)),
    "orderlink_inbox_oldest_seconds": ("Age of the oldest of them.", ("producer",)),
    "orderlink_dead_letters": ("Events and effects that were given up.", ("kind",)),
    "orderlink_dead_letters_oldest_seconds": ("Age of the oldest of them.", ("kind",)),
    "orderlink_outbound_calls": ("Effects outside that are not done.", ("kind", "state")),
    "orderlink_outbound_oldest_seconds": ("Age of the oldest of them.", ("kind", "state")),
    "orderlink_job_late_seconds": ("How long a scheduled job is overdue.", ("job_name",)),
    "orderlink_job_failing": ("1 when a job's last run failed.", ("job_name",)),
    "orderlink_clock_offset_seconds": ("This process's clock less the database's.", ()),
    "orderlink_database_answers": ("1 when the depths here were read, else 0.", ()),
}
"""Names, what they mean, and their labels. A service's own are added by `describe`."""

# One statement, one row per number pair: what waits is in partial indexes, however long the past.
WAITING = text("""
select 'orderlink_outbox_deliveries' as depth, 'orderlink_outbox_oldest_seconds' as age,
  subscriber as label, null as state, count(*) as number,
  extract(epoch from now() - min(created_at)) as seconds
from outbox_delivery where state in ('pending', 'sent') group by subscriber
union all
select 'orderlink_inbox_events', 'orderlink_inbox_oldest_seconds', producer, null, count(*),
  extract(epoch from now() - min(received_at))
from inbox where processed_at is null and dead_at is null group by producer
union all
select 'orderlink_dead_letters', 'orderlink_dead_letters_oldest_seconds', 'inbox', null, count(*),
  coalesce(extract(epoch from now() - min(dead_at)), 0)
from inbox where dead_at is not null
union all
select 'orderlink_dead_letters', 'orderlink_dead_letters_oldest_seconds', kind, null, count(*),
  extract(epoch from now() - min(changed_at))
from outbound_call where state = 'dead' and skipped_at is null group by kind
union all
select 'orderlink_outbound_calls', 'orderlink_outbound_oldest_seconds', kind, state, count(*),
  extract(epoch from now() - min(created_at))
from outbound_call where state in ('pending', 'sending', 'unknown', 'accepted')
group by kind, state
""")

JOBS = text("""
select name, last_error is not null as is_failing,
  case when lease_until is null or lease_until < now()
    then greatest(0, extract(epoch from now() - next_run_at)) else 0 end as late
from scheduled_job
""")

CLOCK = text("select extract(epoch from clock_timestamp())")


def describe(gauge: str, meaning: str, *labels: str) -> None:
    """Make a service's own gauge known, when its module is imported."""
    GAUGES[gauge] = (meaning, labels)


def read_clock(session: Session, *, wall_clock: Callable[[], float] = time.time) -> list[Depth]:
    """Return by how many seconds this process's clock is off."""
    before = wall_clock()
    theirs = float(session.execute(CLOCK).scalar_one())
    ours = (before + wall_clock()) / 2
    return [Depth("orderlink_clock_offset_seconds", (), ours - theirs)]


def read_waiting(session: Session) -> list[Depth]:
    """Return what delivery waits for, and the jobs that are late or fail."""
    found = list[Depth]()
    for row in session.execute(WAITING):
        labels = (row.label,) if row.state is None else (row.label, row.state)
        found.append(Depth(row.depth, labels, row.number))
        found.append(Depth(row.age, labels, float(row.seconds)))
    for job in session.execute(JOBS):
        found.append(Depth("orderlink_job_late_seconds", (job.name,), float(job.late)))
        found.append(Depth("orderlink_job_failing", (job.name,), float(job.is_failing)))
    return found
