"""Failed sign-ins of the last minutes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, text
from sqlalchemy.orm import Session

from identity.domain.throttle import PER_ACCOUNT_AND_ADDRESS, PER_ADDRESS, WINDOW, Failures
from identity.store.models import FailedAttempt


def lock_attempts(session: Session, address: str) -> None:
    """Let tries from one address be counted one after the other, so that none slips through."""
    session.execute(text("select pg_advisory_xact_lock(hashtextextended(:a, 77))"), {"a": address})


def read_failures(session: Session, *, account: str, address: str, now: datetime) -> Failures:
    """Return what the window before `now` remembers of this account and this address."""
    since = FailedAttempt.failed_at > now - WINDOW
    mine, here = FailedAttempt.account == account, FailedAttempt.address == address
    of_account = select(func.count()).select_from(FailedAttempt).where(mine, since)
    return Failures(
        account_and_address=_nth_youngest(session, PER_ACCOUNT_AND_ADDRESS, mine, here, since),
        address=_nth_youngest(session, PER_ADDRESS, here, since),
        of_account=session.scalar(of_account) or 0,
    )


def add_failure(session: Session, *, account: str, address: str, now: datetime) -> UUID:
    row = FailedAttempt(account=account, address=address, failed_at=now)
    session.add(row)
    return row.id


def delete_failures(session: Session, *, account: str, address: str) -> None:
    """Forget the failures of the account from this address."""
    session.execute(
        delete(FailedAttempt).where(
            FailedAttempt.account == account, FailedAttempt.address == address
        )
    )


def _nth_youngest(session: Session, number: int, *which: ColumnElement[bool]) -> datetime | None:
    query = select(FailedAttempt.failed_at).where(*which)
    return session.scalar(
        query.order_by(FailedAttempt.failed_at.desc()).offset(number - 1).limit(1)
    )
