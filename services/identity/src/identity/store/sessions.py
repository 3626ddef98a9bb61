"""Sessions of staff, users and buyers. Global rows, found by the hash of a cookie's token."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from common.sessions import copy_key
from identity.store.models import Browser, SignedIn


def find_session(session: Session, token_hash: str, *, now: datetime) -> SignedIn | None:
    """Return the session of staff or a user that lives at `now`, or None."""
    query = select(SignedIn).where(SignedIn.token_hash == token_hash, SignedIn.expires_at > now)
    return session.scalars(query).one_or_none()


def find_buyer_session(
    session: Session, token_hash: str, link_id: UUID, *, now: datetime
) -> SignedIn | None:
    """Return the browser's session on that link that lives at `now`, or None."""
    query = (
        select(SignedIn)
        .join(Browser, Browser.id == SignedIn.browser_id)
        .where(Browser.token_hash == token_hash, SignedIn.link_id == link_id)
        .where(SignedIn.expires_at > now)
    )
    return session.scalars(query).one_or_none()


def delete_session(session: Session, token_hash: str) -> list[str]:
    """End the session with that token, if any; return the copies to bury after the commit."""
    ended = delete(SignedIn).where(SignedIn.token_hash == token_hash).returning(SignedIn.id)
    gone = session.scalars(ended).all()
    return [copy_key("session", token_hash)] if gone else []


def delete_buyer_session(session: Session, token_hash: str, link_id: UUID) -> list[str]:
    """End the browser's session on that link, if any; return the copies to bury."""
    row = session.scalars(
        select(SignedIn)
        .join(Browser, Browser.id == SignedIn.browser_id)
        .where(Browser.token_hash == token_hash, SignedIn.link_id == link_id)
    ).one_or_none()
    if row is None:
        return []
    session.delete(row)
    return [copy_key("buyer", token_hash, link_id)]


def delete_browser(session: Session, token_hash: str) -> list[str]:
    """Forget a browser with its sessions, choices and passcodes; return the copies to bury."""
    browser = session.scalars(select(Browser).where(Browser.token_hash == token_hash)).one_or_none()
    if browser is None:
        return []
    rows = list_links_of_browser(session, browser.id)
    keys = [copy_key("buyer", token_hash, row.link_id) for row in rows]
    session.execute(delete(Browser).where(Browser.id == browser.id))
    return keys


def delete_sessions_of_buyer(session: Session, buyer_id: UUID, *, method: str) -> list[str]:
    """End every session that this way in opened for the buyer; return the copies to bury."""
    query = (
        select(SignedIn, Browser.token_hash)
        .join(Browser, Browser.id == SignedIn.browser_id)
        .where(SignedIn.buyer_id == buyer_id, SignedIn.method == method)
    )
    keys = []
    for row, token_hash in session.execute(query).all():
        session.delete(row)
        keys.append(copy_key("buyer", token_hash, row.link_id))
    return keys


def list_links_of_browser(session: Session, browser_id: UUID) -> Sequence[SignedIn]:
    """Return the browser's sessions, newest first."""
    query = select(SignedIn).where(SignedIn.browser_id == browser_id)
    return session.scalars(query.order_by(SignedIn.id.desc())).all()
