"""The mailed code came back: make the user account (R51, R53)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.ids import new_id
from identity.domain.mail_token import is_code
from identity.domain.verification import TRIES, may_try
from identity.store.accounts import lock_address, lock_registration
from identity.store.models import Registration, User
from identity.store.users import find_user_by_email
from identity.usecases.create_organisation import create_organisation

KIND = "verification_code"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of the code. Without a user: how many tries are left; none: ask for another."""

    user_id: UUID | None
    link_token: str | None
    tries_left: int


def confirm_registration(
    session: Session, token: str, *, code: str, key: str, now: datetime
) -> Answer:
    """Count the try and make the account if the code is right. Raises RegistrationIsOver.

    A wrong code is an answer, no exception: the counted try is to be committed.
    """
    row = lock_registration(session, token, now=now)
    if not may_try(tries=row.tries, expires_at=row.code_expires_at, now=now):
        return Answer(None, row.link_token, 0)
    row.tries += 1
    lock_address(session, row.email)
    is_right = is_code(code, KIND, row.code_id, key=key) and not row.is_barred
    if not is_right or find_user_by_email(session, row.email) is not None:
        return Answer(None, row.link_token, TRIES - row.tries)
    user = _account(session, row)
    session.delete(row)
    return Answer(user.id, row.link_token, 0)


def _account(session: Session, row: Registration) -> User:
    """Make the account; of the organisation that it named it is the primary owner."""
    user = User(
        id=new_id(),
        email=row.email,
        name=row.name,
        password_hash=row.password_hash,
        language=row.language,
    )
    session.add(user)
    session.flush()
    if row.organisation:
        create_organisation(session, name=row.organisation, user_id=user.id)
    return user
