"""See it as…: a token that shows a link as one buyer gets it at one moment."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from common.sessions import hash_of
from links.store.models import Link, LinkPreview
from links.store.previews import delete_over

LASTS = timedelta(minutes=30)


def open_preview(
    session: Session, link: Link, *, buyer_id: UUID, at: datetime, now: datetime
) -> str:
    """Return the preview's token, of which only the hash is kept. Old ones go."""
    delete_over(session, now=now)
    token = f"p_{secrets.token_urlsafe(16)}"
    session.add(
        LinkPreview(
            token_hash=hash_of(token),
            link_id=link.id,
            maker_id=link.maker_id,
            buyer_id=buyer_id,
            at=at,
            expires_at=now + LASTS,
        )
    )
    return token
