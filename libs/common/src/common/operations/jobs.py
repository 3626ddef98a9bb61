"""Scheduled jobs as operators see them, and running one now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from common.delivery.tables import ScheduledJob
from common.operations.doer import Doer
from common.operations.log import record_action
from common.operations.masking import masked
from common.operations.refusals import JobNotFound

LATE = timedelta(minutes=5)
"""As the alert JobLate."""
MAKE_DUE = text("""
update scheduled_job set next_run_at = now()
where name = :name and (lease_until is null or lease_until < now())
returning name
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSeen:
    """A job as it is now. `state`: running, failed, late or waiting; `error` is masked."""

    name: str
    every_seconds: int
    state: str
    late_by: timedelta
    next_run_at: datetime
    lease_until: datetime | None
    last_started_at: datetime | None
    last_finished_at: datetime | None
    error: str
    run: int
    """The number of its newest run."""


def list_jobs(session: Session) -> list[JobSeen]:
    """Return all jobs that a worker has ever announced, by name."""
    now = session.scalars(select(func.now())).one()
    rows = session.scalars(select(ScheduledJob).order_by(ScheduledJob.name))
    return [_seen(row, now) for row in rows]


def run_job_now(session: Session, doer: Doer, *, name: str) -> int:
    """Make the job due; return 0 while it runs anyway. Raises JobNotFound."""
    if session.get(ScheduledJob, name) is None:
        raise JobNotFound("There is no such job.")
    number = len(session.scalars(MAKE_DUE, {"name": name}).all())
    record_action(session, doer, "job_hurried", subject={"name": name}, number=number)
    return number


def _seen(row: ScheduledJob, now: datetime) -> JobSeen:
    return JobSeen(
        name=row.name,
        every_seconds=row.every_seconds,
        state=_state(row, now),
        late_by=max(timedelta(0), now - row.next_run_at),
        next_run_at=row.next_run_at,
        lease_until=row.lease_until,
        last_started_at=row.last_started_at,
        last_finished_at=row.last_finished_at,
        error=masked(row.last_error),
        run=row.fencing,
    )


def _state(row: ScheduledJob, now: datetime) -> str:
    if row.lease_until is not None and row.lease_until > now:
        return "running"
    if row.last_error:
        return "failed"
    return "late" if now - row.next_run_at > LATE else "waiting"
