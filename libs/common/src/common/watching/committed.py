"""Counts of what a transaction did: added when it has committed, dropped when it has not."""

from prometheus_client import Counter
from sqlalchemy import event
from sqlalchemy.orm import Session

_INFO = "counts"


def count_after_commit(session: Session, counter: Counter, times: float = 1) -> None:
    """Add to the counter (with its labels set) once the session's transaction has committed."""
    session.info.setdefault(_INFO, []).append((counter, times))


@event.listens_for(Session, "after_commit")
def _count(session: Session) -> None:
    for counter, times in session.info.pop(_INFO, ()):
        counter.inc(times)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_INFO, None)
