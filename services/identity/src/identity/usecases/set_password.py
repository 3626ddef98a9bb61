"""A new password ends what the old one opened."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from identity.store.models import User
from identity.store.own_sessions import delete_half_ways, delete_sessions_of_user
from identity.usecases.record_own_change import record_own_change


def set_password(
    session: Session, user: User, *, password_hash: str, keeps: UUID | None, now: datetime
) -> list[str]:
    """Store the hash and end the user's sessions, links included, but for the one that it keeps.

    Returns the copies to bury after the commit.
    """
    user.password_hash = password_hash
    record_own_change(session, user, "password_changed", now=now)
    delete_half_ways(session, user.id)
    return delete_sessions_of_user(session, user.id, keeps=keeps)
