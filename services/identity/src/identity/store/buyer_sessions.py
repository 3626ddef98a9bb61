"""The sessions of one buyer, as its brand sees and ends them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from common.sessions import copy_key
from identity.store.models import Browser, SignedIn


def list_sessions_of_buyer(
    session: Session, buyer_id: UUID, *, now: datetime, limit: int = 50
) -> Sequence[SignedIn]:
    """Return those that live at `now`, newest first."""
    query = select(SignedIn).where(SignedIn.buyer_id == buyer_id, SignedIn.expires_at > now)
    return session.scalars(query.order_by(SignedIn.id.desc()).limit(limit)).all()


def delete_session_of_buyer(session: Session, buyer_id: UUID, session_id: UUID) -> list[str]:
    """End that one, if it is the buyer's; return the copies to bury after the commit."""
    return _delete(session, SignedIn.buyer_id == buyer_id, SignedIn.id == session_id)


def delete_all_sessions_of_buyer(session: Session, buyer_id: UUID) -> list[str]:
    """End them all, whatever opened them; return the copies to bury after the commit."""
    return _delete(session, SignedIn.buyer_id == buyer_id)


def _delete(session: Session, *which: ColumnElement[bool]) -> list[str]:
    found = session.execute(
        select(SignedIn.id, Browser.token_hash, SignedIn.link_id)
        .join(Browser, Browser.id == SignedIn.browser_id)
        .where(*which)
    ).all()
    session.execute(delete(SignedIn).where(SignedIn.id.in_([row_id for row_id, *_ in found])))
    return [copy_key("buyer", token_hash, link_id) for _, token_hash, link_id in found]
