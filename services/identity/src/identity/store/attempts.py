"""Failed sign-ins of the last minutes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from common.tries import lock_address, nth_youngest
from identity.domain.throttle import PER_ACCOUNT_AND_ADDRESS, PER_ADDRESS, WINDOW, Failures
from identity.store.models import FailedAttempt

LOCK_SALT = 77


def lock_attempts(session: Session, address: str) -> None:
    lock_address(session, address, salt=LOCK_SALT)


def read_failures(session: Session, *, account: str, address: str, now: datetime) -> Failures:
    """Return what the window before `now` remembers of this account and this address."""
    since = FailedAttempt.failed_at > now - WINDOW
    mine, here = FailedAttempt.account == account, FailedAttempt.address == address
    of_account = select(func.count()).select_from(FailedAttempt).where(mine, since)
    return Failures(
        account_and_address=nth_youngest(
            session, FailedAttempt.failed_at, PER_ACCOUNT_AND_ADDRESS, mine, here, since
        ),
        address=nth_youngest(session, FailedAttempt.failed_at, PER_ADDRESS, here, since),
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
