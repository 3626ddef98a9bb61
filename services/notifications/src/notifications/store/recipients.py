"""Queries about the addresses that hear of a brand's orders."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from notifications.store.models import Recipient


def list_recipients(session: Session, *, brand_id: UUID) -> Sequence[Recipient]:
    """Return the brand's own recipients, then the maker's, in the order they were added."""
    query = select(Recipient).where((Recipient.brand_id == brand_id) | Recipient.brand_id.is_(None))
    return session.scalars(query.order_by(Recipient.brand_id.is_(None), Recipient.id)).all()


def has_recipient(session: Session, *, brand_id: UUID | None, email: str) -> bool:
    query = select(Recipient.id).where(
        Recipient.brand_id.is_not_distinct_from(brand_id), Recipient.email == email
    )
    return session.scalars(query).first() is not None
