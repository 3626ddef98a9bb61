"""Doorbells: a commit that leaves work behind wakes the thread that does it, in this process."""

import threading

from sqlalchemy import event
from sqlalchemy.orm import Session

_bells: dict[str, threading.Event] = {}
_INFO = "doorbells"


def bell(name: str) -> threading.Event:
    """Return the bell of that name; waiting on it beats polling, missing it costs one poll."""
    return _bells.setdefault(name, threading.Event())


def ring_after_commit(session: Session, name: str) -> None:
    """Ring the bell when the session's transaction has committed."""
    session.info.setdefault(_INFO, set()).add(name)


@event.listens_for(Session, "after_commit")
def _ring(session: Session) -> None:
    for name in session.info.pop(_INFO, ()):
        bell(name).set()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_INFO, None)
