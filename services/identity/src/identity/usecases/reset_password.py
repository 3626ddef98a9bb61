"""The mailed link was opened and confirmed: the account has a new password."""

from datetime import datetime

from sqlalchemy.orm import Session

from common.errors import Gone
from common.sessions import hash_of
from identity.store.accounts import end_resets, lock_reset
from identity.store.claims import find_secret_by_hash
from identity.store.models import PasswordReset, User
from identity.store.users import get_user
from identity.usecases.set_password import set_password

KIND = "password_reset"


class ResetIsOver(Gone):
    """Used, replaced by a change of the password, or older than an hour."""

    code = "reset_is_over"


def find_reset(session: Session, token: str, *, now: datetime) -> PasswordReset:
    """Return the reset behind the mailed token, row-locked. Raises ResetIsOver."""
    secret = find_secret_by_hash(session, hash_of(token), kind=KIND)
    reset = lock_reset(session, secret.id) if secret else None
    if reset is None or reset.used_at is not None or reset.expires_at <= now:
        raise ResetIsOver("This link was used or is older than an hour. Please ask for a new one.")
    return reset


def reset_password(
    session: Session, token: str, *, password_hash: str, now: datetime
) -> tuple[User, list[str]]:
    """Set it, end every session of the account; return the copies to bury. Raises ResetIsOver."""
    user = get_user(session, find_reset(session, token, now=now).user_id)
    end_resets(session, user.id, now=now)
    return user, set_password(session, user, password_hash=password_hash, keeps=None, now=now)
