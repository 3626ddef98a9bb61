"""Periodic work as rows: whoever claims a row runs it, with a fencing token (K9, I23)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from common.db import Database
from common.delivery.counts import JOB_RUNS
from common.delivery.failpoints import failpoint
from common.delivery.tables import ScheduledJob
from common.failures import first_line

log = structlog.get_logger()


@dataclass(frozen=True)
class JobRun:
    """One run of a job. `fencing` grows with every run; only the newest holder counts."""

    name: str
    fencing: int


Work = Callable[[Any, JobRun], None]
"""`(deps, run)`: opens its own transactions; harmless when run twice."""
W = TypeVar("W", bound=Work)


@dataclass(frozen=True)
class Job:
    name: str
    seconds: int
    lease: int
    work: Work


_jobs: dict[str, Job] = {}


def every(seconds: int, name: str, *, lease: int = 120) -> Callable[[W], W]:
    """Register the decorated function to run every so many seconds, somewhere, once at a time.

    `lease`: seconds after which another process may take over from one that stalls.
    """

    def register(work: W) -> W:
        if name in _jobs:
            raise ValueError(f"the job {name} is registered already")
        _jobs[name] = Job(name, seconds, lease, work)
        return work

    return register


def jobs() -> Mapping[str, Job]:
    """Return the jobs by name."""
    return _jobs


def install_jobs(database: Database) -> None:
    """Give every registered job its row; a changed interval is taken over."""
    if not _jobs:
        return
    rows = [{"name": job.name, "every_seconds": job.seconds} for job in _jobs.values()]
    statement = insert(ScheduledJob).values(rows)
    kept = statement.on_conflict_do_update(
        index_elements=["name"], set_={"every_seconds": statement.excluded.every_seconds}
    )
    with database.transaction() as session:
        session.execute(kept)


CLAIM = text("""
update scheduled_job set fencing = fencing + 1, last_started_at = now(),
  lease_until = now() + make_interval(secs => :lease)
where name = (
  select name from scheduled_job
  where name = :name and next_run_at <= now() and (lease_until is null or lease_until < now())
  for update skip locked)
returning fencing
""")

DUE = text("""
select name from scheduled_job
where name = any(:names) and next_run_at <= now() and (lease_until is null or lease_until < now())
order by next_run_at
""")

FINISH = text("""
update scheduled_job set lease_until = null, last_finished_at = now(), last_error = :error,
  next_run_at = greatest(now(), last_started_at + make_interval(secs => every_seconds))
where name = :name and fencing = :fencing
""")


def run_due_jobs(
    database: Database,
    deps: Any,
    *,
    before_each: Callable[[Job], None] = lambda _: None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> None:
    """Run what is due, one after the other. `before_each` tells the watch what to expect."""
    with database.transaction() as session:
        due = session.scalars(DUE, {"names": list(_jobs)}).all()
    for name in due:
        run = None if is_stopping() else claim_job(database, _jobs[name])
        if run:
            before_each(_jobs[name])
            _run(database, deps, run)


def claim_job(database: Database, job: Job) -> JobRun | None:
    """Take the job's lease if it is due and free."""
    with database.transaction() as session:
        fencing = session.scalar(CLAIM, {"name": job.name, "lease": job.lease})
    return JobRun(job.name, fencing) if fencing is not None else None


def _run(database: Database, deps: Any, run: JobRun) -> None:
    failpoint("jobs.claimed")
    error = None
    try:
        _jobs[run.name].work(deps, run)
    except Exception as wrong:
        log.exception("job failed", job=run.name)
        error = first_line(wrong)
    JOB_RUNS.labels(run.name, "failed" if error else "done").inc()
    finish_job(database, run, error=error)


def finish_job(database: Database, run: JobRun, *, error: str | None = None) -> bool:
    """Give the lease back and plan the next run; False when another has taken over meanwhile."""
    values = {"name": run.name, "fencing": run.fencing, "error": error}
    with database.transaction() as session:
        return session.connection().execute(FINISH, values).rowcount == 1
