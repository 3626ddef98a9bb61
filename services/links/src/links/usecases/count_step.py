"""A step that a page's script reports, counted once for each visitor."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from links.domain.steps import Step
from links.store.models import Link
from links.store.steps import LinkKey, add_step, is_new


def count_step(session: Session, link: Link, step: Step, *, browser: str, at: datetime) -> bool:
    """Count it unless this browser has been counted for it; only a hash of the browser is kept."""
    own = LinkKey(link.maker_id, link.id)
    if not is_new(session, step, own, visitor=visitor_of(link.id, browser), at=at):
        return False
    add_step(session, step, own, at=at)
    return True


def visitor_of(link_id: UUID, browser: str) -> str:
    """Return who that browser is on this link; nobody can tell one link's visitors on another."""
    return hashlib.sha256(f"{link_id}:{browser}".encode()).hexdigest()[:32]
