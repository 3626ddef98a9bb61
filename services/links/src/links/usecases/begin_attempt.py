"""Count a try at the passcode as failed before it is looked at (R28)."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from links.domain.throttle import pause_before
from links.store.attempts import add_failure, lock_attempts, read_failures


def begin_attempt(session: Session, *, link_id: UUID, address: str, now: datetime) -> timedelta:
    """Return how long to wait before looking at the passcode. Raises TooManyTries.

    Counting first means that tries at the same time cannot slip past the limit together; the
    right passcode takes its count back.
    """
    lock_attempts(session, address)
    failures = read_failures(session, link_id=link_id, address=address, now=now)
    pause = pause_before(failures, now=now)
    add_failure(session, link_id=link_id, address=address, now=now)
    return pause
