"""Remember that a browser passed a link's passcode (R27)."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.sessions import hash_of
from identity.store.browsers import add_browser, lock_browser, put_pass


def grant_pass(
    session: Session,
    *,
    link_id: UUID,
    passcode_version: int,
    browser_token_hash: str | None,
    now: datetime,
) -> str | None:
    """Return a new raw token for a browser that had none (that we know), else None."""
    browser = lock_browser(session, browser_token_hash)
    token = None
    if browser is None:
        token = secrets.token_urlsafe(32)
        browser = add_browser(session, hash_of(token), now=now)
    put_pass(session, browser.id, link_id, version=passcode_version, now=now)
    return token
