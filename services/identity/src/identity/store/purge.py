"""Deletes global rows that mean nothing any more."""

from datetime import datetime

from sqlalchemy import delete, text
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


EXPIRING = (
    "half_sign_ins",
    "registrations",
    "password_resets",
    "email_changes",
    "mail_secrets",
)
"""Tokens and what they were asked for; several name an address that never became an account."""


def delete_expired_tokens(session: Session, table: str, *, before: datetime, at_most: int) -> int:
    """Delete some of the table's rows that expired before then; return how many."""
    statement = text(
        f"delete from {table} where id in "  # noqa: S608 - a name of EXPIRING.
        f"(select id from {table} where expires_at < :before limit :at_most for update skip locked)"
    )
    values = {"before": before, "at_most": at_most}
    return session.connection().execute(statement, values).rowcount
