"""Breakdowns as buyers saw them."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkout.store.models import QuoteRow
from common.ids import new_id


def keep_quote(
    session: Session, *, maker_id: UUID, cart_id: UUID, hash: str, breakdown: dict[str, Any]
) -> None:
    """Remember what was shown; showing the same again writes nothing."""
    row = {
        "id": new_id(),
        "maker_id": maker_id,
        "cart_id": cart_id,
        "hash": hash,
        "breakdown": breakdown,
    }
    session.execute(insert(QuoteRow).values(row).on_conflict_do_nothing())


def find_breakdown(session: Session, *, cart_id: UUID, hash: str) -> dict[str, Any] | None:
    """Return the breakdown of that hash which this cart was shown, or None."""
    query = select(QuoteRow.breakdown).where(QuoteRow.cart_id == cart_id, QuoteRow.hash == hash)
    return session.scalars(query).one_or_none()
