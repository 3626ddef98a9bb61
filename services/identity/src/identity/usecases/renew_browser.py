"""Give a buyer's browser a new token: whoever planted or saw the old one has nothing."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from common.sessions import copy_key, hash_of
from identity.store.browsers import add_browser, lock_browser
from identity.store.models import Browser
from identity.store.sessions import list_links_of_browser


@dataclass(frozen=True, slots=True)
class Renewed:
    browser: Browser
    token: str
    dead_copies: list[str]
    """The copies under the old token, to bury after the commit."""


def renew_browser(session: Session, *, token: str | None, now: datetime) -> Renewed:
    """Return the browser behind the raw token under a new one, or a new browser.

    Its sessions on other links and the passcodes it passed stay with it.
    """
    fresh = secrets.token_urlsafe(32)
    old_hash = hash_of(token) if token else None
    browser = lock_browser(session, old_hash)
    if browser is None:
        return Renewed(add_browser(session, hash_of(fresh), now=now), fresh, [])
    others = list_links_of_browser(session, browser.id)
    dead = [copy_key("buyer", browser.token_hash, each.link_id) for each in others]
    browser.token_hash, browser.seen_at = hash_of(fresh), now
    session.flush()
    return Renewed(browser, fresh, dead)
