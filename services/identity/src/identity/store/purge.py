"""Deletes global rows that mean nothing any more."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from identity.domain.throttle import WINDOW
from identity.store.models import Browser, BuyerChoice, FailedAttempt, SignedIn


def delete_ended(session: Session, *, now: datetime, idle_since: datetime) -> None:
    """Delete ended sessions and choices, failures beyond the window, and idle browsers."""
    for statement in (
        delete(SignedIn).where(SignedIn.expires_at <= now),
        delete(BuyerChoice).where(BuyerChoice.expires_at <= now),
        delete(FailedAttempt).where(FailedAttempt.failed_at <= now - WINDOW),
        delete(Browser).where(Browser.seen_at <= idle_since),
    ):
        session.execute(statement)
