"""A step that a page's script reports, counted once for each visitor."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from links.domain.steps import Step
from links.store.models import Link
from links.store.steps import LinkKey, add_step, is_new


def count_step(session: Session, link: Link, step: Step, *, visitor: str, at: datetime) -> bool:
    """Count it unless this visitor has been counted for it; only a hash of the visitor is kept."""
    who = hashlib.sha256(f"{link.id}:{visitor}".encode()).hexdigest()[:32]
    own = LinkKey(link.maker_id, link.id)
    if not is_new(session, step, own, visitor=who, at=at):
        return False
    add_step(session, step, own, at=at)
    return True
