"""Counting tries in PostgreSQL, where no flush forgets them."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

LOCK = text("select pg_advisory_xact_lock(hashtextextended(:address, :salt))")


def lock_address(session: Session, address: str, *, salt: int) -> None:
    """Let tries from one address be counted one after the other, so that none slips through.

    `salt` keeps what is counted apart from other locks of the database.
    """
    session.execute(LOCK, {"address": address, "salt": salt})


def nth_youngest(
    session: Session,
    failed_at: "InstrumentedAttribute[datetime]",
    number: int,
    *which: ColumnElement[bool],
) -> datetime | None:
    """Return the instant of the `number`th youngest failure of `which`, or None for fewer."""
    query = select(failed_at).where(*which).order_by(failed_at.desc())
    return session.scalar(query.offset(number - 1).limit(1))
