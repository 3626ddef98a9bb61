"""Count a try to sign in as failed before its secret is looked at (R54)."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from identity.domain.throttle import pause_before
from identity.store.attempts import add_failure, lock_attempts, read_failures


def begin_attempt(session: Session, *, account: str, address: str, now: datetime) -> timedelta:
    """Return how long to wait before looking at the secret. Raises TooManyTries.

    Counting first means that tries at the same time cannot slip past the limit together; the
    right secret takes its count back.
    """
    lock_attempts(session, address)
    failures = read_failures(session, account=account, address=address, now=now)
    pause = pause_before(failures, now=now)
    add_failure(session, account=account, address=address, now=now)
    return pause


def account_key(*parts: object) -> str:
    """Return what stands for an account in the counters: a hash, so that no typed text is kept."""
    text = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()
