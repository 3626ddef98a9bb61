"""Sign a buyer in on one link: cookie `b`, beside the sessions on other links."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.delivery import publish
from identity.domain import lifetimes
from identity.domain.methods import Method
from identity.events import BuyerSignedIn
from identity.store.browsers import delete_choice
from identity.store.models import Browser, SignedIn
from identity.store.sessions import list_links_of_browser
from identity.usecases.renew_browser import renew_browser


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Who enters which link, and how."""

    maker_id: UUID
    brand_id: UUID
    link_id: UUID
    passcode_version: int | None
    buyer_id: UUID
    method: Method
    user_id: UUID | None = None
    operator: str | None = None
    device: str | None = None


@dataclass(frozen=True, slots=True)
class BuyerOpened:
    token: str
    session_id: UUID
    dead_copies: list[str]


def open_buyer_session(
    session: Session, entry: Entry, *, browser_token: str | None, now: datetime
) -> BuyerOpened:
    """Open the session, in the place of the browser's earlier one on this link (R55).

    The browser gets a new token and keeps its newest 20 links.
    """
    renewed = renew_browser(session, token=browser_token, now=now)
    _make_room(session, renewed.browser, entry.link_id)
    opened = _row(entry, renewed.browser.id, now)
    session.add(opened)
    delete_choice(session, renewed.browser.id, entry.link_id)
    publish(session, _event(entry, opened.id))
    return BuyerOpened(renewed.token, opened.id, renewed.dead_copies)


def _make_room(session: Session, browser: Browser, link_id: UUID) -> None:
    """End the session on this link, and the oldest of the others beyond the limit."""
    rows = list_links_of_browser(session, browser.id)
    others = [row for row in rows if row.link_id != link_id]
    leaving = [row for row in rows if row.link_id == link_id]
    for row in leaving + others[lifetimes.LINKS_PER_BROWSER - 1 :]:
        session.delete(row)
    session.flush()


def _row(entry: Entry, browser_id: UUID, now: datetime) -> SignedIn:
    return SignedIn(
        kind="buyer",
        browser_id=browser_id,
        user_id=entry.user_id,
        maker_id=entry.maker_id,
        link_id=entry.link_id,
        brand_id=entry.brand_id,
        buyer_id=entry.buyer_id,
        method=entry.method,
        operator=entry.operator,
        passcode_version=entry.passcode_version,
        expires_at=now + lifetimes.of_buyer(entry.method),
        device=entry.device,
    )


def _event(entry: Entry, session_id: UUID) -> BuyerSignedIn:
    return BuyerSignedIn(
        maker_id=entry.maker_id,
        brand_id=entry.brand_id,
        aggregate_id=session_id,
        session_id=session_id,
        link_id=entry.link_id,
        buyer_id=entry.buyer_id,
        method=entry.method,
    )
