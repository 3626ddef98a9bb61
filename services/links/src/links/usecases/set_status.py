"""Open, Void or Deleted (R9 to R11)."""

from uuid import UUID

from sqlalchemy import delete, func
from sqlalchemy.orm import Session

from links.domain.gate import Status
from links.store.links import lock_link
from links.store.models import Link, LinkPreflight, LinkToken
from links.usecases.save_link import announce


def set_status(session: Session, *, link_id: UUID, status: Status) -> Link:
    """Set it. Deleted is for ever: the address stops working and nothing brings it back."""
    link = lock_link(session, link_id)
    if link.status != status.value:
        link.status = status.value
        link.version += 1
        link.changed_at = func.now()
        if status is Status.DELETED:
            for kept in (LinkToken, LinkPreflight):
                session.execute(delete(kept).where(kept.link_id == link.id))
        session.flush()
        announce(session, link, "deleted" if status is Status.DELETED else "status")
    return link
