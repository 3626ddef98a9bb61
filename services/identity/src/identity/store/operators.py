"""Operators: who looks after the machinery. Global rows."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from identity.store.models import Membership, Operator, StaffLookup, User


def is_operator(session: Session, user_id: UUID) -> bool:
    return session.get(Operator, user_id) is not None


def list_operators(session: Session) -> Sequence[tuple[Operator, User]]:
    """Return the operators with their accounts, by name."""
    query = select(Operator, User).join(User, User.id == Operator.user_id)
    return [(operator, user) for operator, user in session.execute(query.order_by(User.name))]


def has_other_duties(session: Session, user_id: UUID) -> bool:
    """Say whether the account is staff of a maker or buys for an organisation."""
    buys = select(Membership.user_id).where(Membership.user_id == user_id).limit(1)
    return session.get(StaffLookup, user_id) is not None or session.scalar(buys) is not None


def delete_operator(session: Session, user_id: UUID) -> bool:
    """Take the role away; return whether there was one."""
    gone = delete(Operator).where(Operator.user_id == user_id).returning(Operator.user_id)
    return session.scalar(gone) is not None
