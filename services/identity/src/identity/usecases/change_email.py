"""The new address confirmed itself: the account signs in with it from now on (R51)."""

from datetime import datetime

from sqlalchemy.orm import Session

from common.errors import Gone
from common.sessions import hash_of
from identity.domain.email import masked
from identity.store.accounts import end_email_changes, lock_address, lock_email_change
from identity.store.claims import find_secret_by_hash
from identity.store.models import EmailChange, User
from identity.store.users import find_user_by_email, get_user
from identity.usecases.record_own_change import record_own_change
from identity.usecases.request_mail import request_mail

KIND = "email_change"


class EmailChangeIsOver(Gone):
    """Used, replaced by a newer wish, older than a day, or somebody took the address."""

    code = "email_change_is_over"
    rule = "R51"


def find_email_change(session: Session, token: str, *, now: datetime) -> EmailChange:
    """Return the change behind the mailed token, row-locked. Raises EmailChangeIsOver."""
    secret = find_secret_by_hash(session, hash_of(token), kind=KIND)
    change = lock_email_change(session, secret.id) if secret else None
    if change is None or change.used_at is not None or change.expires_at <= now:
        raise EmailChangeIsOver("This link was used, replaced by a newer one, or is too old.")
    return change


def change_email(session: Session, token: str, *, now: datetime) -> User:
    """Give the account its new address, and tell the old one. Raises EmailChangeIsOver."""
    change = find_email_change(session, token, now=now)
    lock_address(session, change.new_email)
    if find_user_by_email(session, change.new_email) is not None:
        raise EmailChangeIsOver("This link was used, replaced by a newer one, or is too old.")
    user = get_user(session, change.user_id)
    old, user.email = user.email, change.new_email
    record_own_change(
        session,
        user,
        "email_changed",
        before={"email": masked(old)},
        after={"email": masked(user.email)},
        now=now,
    )
    end_email_changes(session, user.id, now=now)
    request_mail(
        session,
        "email_changed",
        recipient=old,
        language=user.language,
        values={
            "user_name": user.name,
            "new_email_masked": masked(user.email),
            "changed_at": now,
        },
    )
    return user
