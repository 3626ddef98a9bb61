"""Browsers of buyers: found by cookie, given a new token at every sign-in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.errors import NotFound
from identity.store.models import Browser, BuyerChoice, LinkPass


class BrowserNotFound(NotFound):
    code = "browser_not_found"


def lock_browser(session: Session, token_hash: str | None) -> Browser | None:
    """Return the browser with that token, row-locked until commit, or None."""
    if token_hash is None:
        return None
    query = select(Browser).where(Browser.token_hash == token_hash)
    return session.scalars(query.with_for_update()).one_or_none()


def add_browser(session: Session, token_hash: str, *, now: datetime) -> Browser:
    browser = Browser(token_hash=token_hash, seen_at=now)
    session.add(browser)
    session.flush()
    return browser


def has_pass(session: Session, token_hash: str | None, link_id: UUID, version: int) -> bool:
    """Say whether this browser passed the link's passcode of that version."""
    query = (
        select(LinkPass.link_id)
        .join(Browser, Browser.id == LinkPass.browser_id)
        .where(Browser.token_hash == token_hash, LinkPass.link_id == link_id)
        .where(LinkPass.passcode_version == version)
    )
    return session.scalar(query) is not None


def put_pass(
    session: Session, browser_id: UUID, link_id: UUID, *, version: int, now: datetime
) -> None:
    """Remember that the browser passed; a newer version takes the older one's place."""
    row = insert(LinkPass).values(
        browser_id=browser_id, link_id=link_id, passcode_version=version, granted_at=now
    )
    taken = {"passcode_version": row.excluded.passcode_version, "granted_at": now}
    session.execute(row.on_conflict_do_update(index_elements=["browser_id", "link_id"], set_=taken))


def put_choice(
    session: Session, browser_id: UUID, link_id: UUID, *, user_id: UUID, expires_at: datetime
) -> None:
    """Remember who proved its password on the link and has still to choose a buyer."""
    values = {"user_id": user_id, "expires_at": expires_at}
    row = insert(BuyerChoice).values(browser_id=browser_id, link_id=link_id, **values)
    session.execute(
        row.on_conflict_do_update(index_elements=["browser_id", "link_id"], set_=values)
    )


def find_chooser(
    session: Session, token_hash: str | None, link_id: UUID, *, now: datetime
) -> UUID | None:
    """Return the user that may choose a buyer on this link in this browser, or None."""
    query = (
        select(BuyerChoice.user_id)
        .join(Browser, Browser.id == BuyerChoice.browser_id)
        .where(Browser.token_hash == token_hash, BuyerChoice.link_id == link_id)
        .where(BuyerChoice.expires_at > now)
    )
    return session.scalar(query)


def delete_choice(session: Session, browser_id: UUID, link_id: UUID) -> None:
    session.execute(
        delete(BuyerChoice).where(
            BuyerChoice.browser_id == browser_id, BuyerChoice.link_id == link_id
        )
    )
