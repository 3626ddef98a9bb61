"""An account wants another address: the new one has to confirm it first."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from identity.domain import lifetimes
from identity.domain.email import masked
from identity.store.accounts import end_email_changes, lock_address
from identity.store.models import EmailChange
from identity.store.users import find_user_by_email, get_user
from identity.usecases.begin_registration import RESET, SIGN_IN
from identity.usecases.request_mail import request_mail


def request_email_change(session: Session, user_id: UUID, *, new_email: str, now: datetime) -> None:
    """Mail the (normal) new address; the wish before is dead. An address with an account is told
    so by mail, and the page answers the same.
    """
    user = get_user(session, user_id)
    lock_address(session, new_email)
    end_email_changes(session, user.id, now=now)
    if find_user_by_email(session, new_email) is not None:
        values = {"path": SIGN_IN, "reset_path": RESET}
        request_mail(
            session, "account_exists", recipient=new_email, language=user.language, values=values
        )
        return
    change = EmailChange(
        user_id=user.id, new_email=new_email, expires_at=now + lifetimes.EMAIL_CHANGE
    )
    session.add(change)
    request_mail(
        session,
        "email_change",
        recipient=new_email,
        language=user.language,
        values={
            "user_name": user.name,
            "old_email_masked": masked(user.email),
            "expires_at": change.expires_at,
        },
        reference_id=change.id,
        expires_at=change.expires_at,
    )
