"""Previews by the hash of their token; none is told of after its half hour."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from common.sessions import hash_of
from links.store.models import LinkPreview


def find_preview(session: Session, token: str, *, now: datetime) -> LinkPreview | None:
    """Return what the token lets see, while it does; needs no tenant."""
    preview = session.get(LinkPreview, hash_of(token))
    return preview if preview and now < preview.expires_at else None


def delete_over(session: Session, *, now: datetime) -> None:
    """Delete the previews whose time is over."""
    session.execute(delete(LinkPreview).where(LinkPreview.expires_at <= now))
