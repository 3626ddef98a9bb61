"""Queries about the addresses that hear of a brand's orders."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from common.errors import NotFound
from notifications.store.models import Recipient


class RecipientNotFound(NotFound):
    code = "recipient_not_found"


def list_recipients(session: Session, *, brand_id: UUID) -> Sequence[Recipient]:
    """Return the brand's own recipients, then the maker's, in the order they were added."""
    query = select(Recipient).where((Recipient.brand_id == brand_id) | Recipient.brand_id.is_(None))
    return session.scalars(query.order_by(Recipient.brand_id.is_(None), Recipient.id)).all()


def has_recipient(session: Session, *, brand_id: UUID | None, email: str) -> bool:
    query = select(Recipient.id).where(
        Recipient.brand_id.is_not_distinct_from(brand_id), Recipient.email == email
    )
    return session.scalars(query).first() is not None


def count_recipients(session: Session, *, brand_id: UUID | None) -> int:
    """Return how many the brand (None: the maker) has of its own, locked until the commit."""
    key = f"recipients:{brand_id}"
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
    query = select(func.count()).where(Recipient.brand_id.is_not_distinct_from(brand_id))
    return session.scalars(query.select_from(Recipient)).one()


def get_recipient(session: Session, recipient_id: UUID) -> Recipient:
    """Return the maker's recipient. Raises RecipientNotFound."""
    recipient = session.get(Recipient, recipient_id)
    if recipient is None:
        raise RecipientNotFound("There is no such address.")
    return recipient
