"""What identity itself reads of its audit log."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.audit import AuditEntry


def find_deletion(session: Session, buyer_id: UUID) -> AuditEntry | None:
    """Return the entry of the buyer's deletion, or None."""
    query = select(AuditEntry).where(
        AuditEntry.subject_kind == "buyer",
        AuditEntry.subject_id == buyer_id,
        AuditEntry.action == "buyer_deleted",
    )
    return session.scalars(query.limit(1)).one_or_none()
