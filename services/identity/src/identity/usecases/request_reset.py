"""Somebody forgot the password of an address: mail the way to a new one, if there is an account."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from identity.domain import lifetimes
from identity.store.accounts import count_resets, lock_address
from identity.store.models import PasswordReset
from identity.store.users import find_user_by_email
from identity.usecases.request_mail import request_mail

PER_HOUR = 5


def request_reset(session: Session, email: str, *, now: datetime) -> None:
    """Mail a link that works once, for an hour. Without an account nothing happens."""
    lock_address(session, email)
    user = find_user_by_email(session, email)
    if user is None:
        return
    if count_resets(session, user.id, since=now - timedelta(hours=1)) >= PER_HOUR:
        return
    reset = PasswordReset(user_id=user.id, expires_at=now + lifetimes.PASSWORD_RESET)
    session.add(reset)
    request_mail(
        session,
        "password_reset",
        recipient=user.email,
        language=user.language,
        values={"user_name": user.name, "expires_at": reset.expires_at},
        reference_id=reset.id,
        expires_at=reset.expires_at,
    )
