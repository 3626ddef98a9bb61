"""Failed passcodes of the last minutes, where no flush forgets them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from common.tries import lock_address, nth_youngest
from links.domain.throttle import PER_ADDRESS, PER_LINK_AND_ADDRESS, WINDOW, Failures
from links.store.models import PasscodeFailure

LOCK_SALT = 28


def lock_attempts(session: Session, address: str) -> None:
    lock_address(session, address, salt=LOCK_SALT)


def read_failures(session: Session, *, link_id: UUID, address: str, now: datetime) -> Failures:
    """Return what the window before `now` remembers of this link and this address."""
    since = PasscodeFailure.failed_at > now - WINDOW
    mine, here = PasscodeFailure.link_id == link_id, PasscodeFailure.address == address
    of_link = select(func.count()).select_from(PasscodeFailure).where(mine, since)
    return Failures(
        link_and_address=nth_youngest(
            session, PasscodeFailure.failed_at, PER_LINK_AND_ADDRESS, mine, here, since
        ),
        address=nth_youngest(session, PasscodeFailure.failed_at, PER_ADDRESS, here, since),
        of_link=session.scalar(of_link) or 0,
    )


def add_failure(session: Session, *, link_id: UUID, address: str, now: datetime) -> None:
    session.add(PasscodeFailure(link_id=link_id, address=address, failed_at=now))


def delete_failures(session: Session, *, link_id: UUID, address: str) -> None:
    """Forget the failures on the link from this address."""
    mine, here = PasscodeFailure.link_id == link_id, PasscodeFailure.address == address
    session.execute(delete(PasscodeFailure).where(mine, here))


def delete_old_failures(session: Session, *, before: datetime) -> None:
    session.execute(delete(PasscodeFailure).where(PasscodeFailure.failed_at < before))
