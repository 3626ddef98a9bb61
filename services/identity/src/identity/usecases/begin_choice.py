"""A user proved its password on a link: let it choose one of its buyers (R36)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from identity.domain import lifetimes
from identity.store.browsers import put_choice
from identity.usecases.renew_browser import Renewed, renew_browser


def begin_choice(
    session: Session, *, link_id: UUID, user_id: UUID, browser_token: str | None, now: datetime
) -> Renewed:
    """Remember for a quarter of an hour who may choose; the browser gets a new token."""
    renewed = renew_browser(session, token=browser_token, now=now)
    put_choice(
        session,
        renewed.browser.id,
        link_id,
        user_id=user_id,
        expires_at=now + lifetimes.BUYER_CHOICE,
    )
    return renewed
