"""User accounts and the organisations they belong to. Global: no tenant is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.errors import NotFound
from identity.store.models import Membership, Organisation, User


class UserNotFound(NotFound):
    code = "user_not_found"


@dataclass(frozen=True, slots=True)
class Credential:
    """Somebody's id and the hash to compare with; None: this way in is not set up."""

    id: UUID
    secret_hash: str | None


def get_user(session: Session, user_id: UUID) -> User:
    """Return the account. Raises UserNotFound."""
    user = session.get(User, user_id)
    if user is None:
        raise UserNotFound
    return user


def lock_user(session: Session, user_id: UUID) -> User:
    """Return the account, row-locked until commit. Raises UserNotFound."""
    query = select(User).where(User.id == user_id).with_for_update()
    user = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if user is None:
        raise UserNotFound
    return user


def find_user_by_email(session: Session, email: str) -> User | None:
    return session.scalars(select(User).where(User.email == email)).one_or_none()


def find_user_credential(session: Session, email: str) -> Credential | None:
    """Return what proves the account with that normal e-mail, or None (R35)."""
    user = find_user_by_email(session, email)
    return Credential(user.id, user.password_hash) if user else None


def list_organisations(session: Session, user_id: UUID) -> Sequence[Organisation]:
    """Return the organisations the user belongs to, by name."""
    query = select(Organisation).join(Membership, Membership.organisation_id == Organisation.id)
    return session.scalars(
        query.where(Membership.user_id == user_id).order_by(Organisation.name)
    ).all()


def is_member(session: Session, user_id: UUID, organisation_id: UUID | None) -> bool:
    if organisation_id is None:
        return False
    return session.get(Membership, (organisation_id, user_id)) is not None
