"""The audit log, newest first, page by page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from identity.store.models import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSearch:
    """What is asked for. `brand_ids`: those that the reader may see."""

    brand_ids: Collection[UUID]
    actor_id: UUID | None = None
    subject_kind: str | None = None
    subject_id: UUID | None = None
    after: UUID | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class FoundEntries:
    rows: Sequence[AuditEntry]
    next_after: UUID | None


def search_audit(session: Session, search: AuditSearch) -> FoundEntries:
    """Return one page of the maker's entries; those of the maker as a whole are everybody's."""
    mine = or_(AuditEntry.brand_id.in_(search.brand_ids), AuditEntry.brand_id.is_(None))
    query = select(AuditEntry).where(mine)
    wished = (
        (AuditEntry.actor_id, search.actor_id),
        (AuditEntry.subject_kind, search.subject_kind),
        (AuditEntry.subject_id, search.subject_id),
    )
    for column, value in wished:
        if value is not None:
            query = query.where(column == value)
    if search.after:
        query = query.where(AuditEntry.id < search.after)
    rows = session.scalars(query.order_by(AuditEntry.id.desc()).limit(search.limit + 1)).all()
    page = rows[: search.limit]
    return FoundEntries(page, page[-1].id if len(rows) > search.limit else None)


def find_deletion(session: Session, buyer_id: UUID) -> AuditEntry | None:
    """Return the entry of the buyer's deletion, or None."""
    query = select(AuditEntry).where(
        AuditEntry.subject_kind == "buyer",
        AuditEntry.subject_id == buyer_id,
        AuditEntry.action == "buyer_deleted",
    )
    return session.scalars(query.limit(1)).one_or_none()
