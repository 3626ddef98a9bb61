"""Registrations, resets and changes of address: global rows, found by mailed tokens."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from common.sessions import hash_of
from identity.domain.verification import RegistrationIsOver
from identity.store.models import EmailChange, PasswordReset, Registration


def lock_address(session: Session, email: str) -> None:
    """Let what is done for one e-mail address be done one after the other until commit."""
    session.execute(text("select pg_advisory_xact_lock(hashtextextended(:e, 53))"), {"e": email})


def lock_registration(session: Session, token: str, *, now: datetime) -> Registration:
    """Return the registration, row-locked until commit. Raises RegistrationIsOver."""
    row = _registration(session, token, now, is_locked=True)
    if row is None:
        raise RegistrationIsOver("This registration is over. Please begin again.")
    return row


def get_registration(session: Session, token: str, *, now: datetime) -> Registration:
    """Return the registration. Raises RegistrationIsOver."""
    row = _registration(session, token, now, is_locked=False)
    if row is None:
        raise RegistrationIsOver("This registration is over. Please begin again.")
    return row


def find_registration_of_code(session: Session, code_id: UUID) -> Registration | None:
    return session.scalars(select(Registration).where(Registration.code_id == code_id)).first()


def count_codes_mailed(session: Session, email: str, *, now: datetime) -> int:
    """Return how many mails the living registrations of an address sent: those of an hour."""
    query = select(func.coalesce(func.sum(Registration.mails), 0))
    return (
        session.scalar(query.where(Registration.email == email, Registration.expires_at > now)) or 0
    )


def count_resets(session: Session, user_id: UUID, *, since: datetime) -> int:
    """Return how many reset mails the user was sent after an instant."""
    hour = timedelta(hours=1)
    query = select(func.count()).select_from(PasswordReset)
    return (
        session.scalar(
            query.where(PasswordReset.user_id == user_id, PasswordReset.expires_at > since + hour)
        )
        or 0
    )


def lock_reset(session: Session, reset_id: UUID) -> PasswordReset | None:
    query = select(PasswordReset).where(PasswordReset.id == reset_id).with_for_update()
    return session.scalars(query).one_or_none()


def end_resets(session: Session, user_id: UUID, *, now: datetime) -> None:
    """Make every reset on its way to the user worthless."""
    waiting = PasswordReset.used_at.is_(None)
    session.execute(
        update(PasswordReset).where(PasswordReset.user_id == user_id, waiting).values(used_at=now)
    )


def lock_email_change(session: Session, change_id: UUID) -> EmailChange | None:
    query = select(EmailChange).where(EmailChange.id == change_id).with_for_update()
    return session.scalars(query).one_or_none()


def end_email_changes(session: Session, user_id: UUID, *, now: datetime) -> None:
    """Make every change of address that waits for its confirmation worthless."""
    waiting = EmailChange.used_at.is_(None)
    session.execute(
        update(EmailChange).where(EmailChange.user_id == user_id, waiting).values(used_at=now)
    )


def _registration(
    session: Session, token: str, now: datetime, *, is_locked: bool
) -> Registration | None:
    query = select(Registration).where(
        Registration.token_hash == hash_of(token), Registration.expires_at > now
    )
    return session.scalars(query.with_for_update() if is_locked else query).one_or_none()
