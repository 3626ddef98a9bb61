"""The log itself, newest first, page by page. Rows are added and read, never changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id


class AuditEntry(Base, TenantRow, kw_only=True):
    __tablename__ = "audit_entries"
    __table_args__ = (
        CheckConstraint(
            "actor_kind in ('staff', 'api_key', 'user', 'system')", name="actor_kind_known"
        ),
        Index("ix_audit_entries_maker_id_id", "maker_id", "id"),
        Index("ix_audit_entries_subject", "maker_id", "subject_kind", "subject_id", "id"),
        Index("ix_audit_entries_actor", "maker_id", "actor_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID | None]
    """None: it concerns the maker as a whole."""
    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    """As it was then: people and keys are renamed and go."""
    action: Mapped[str]
    """Noun and participle: buyer_created."""
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID | None]
    subject_name: Mapped[str]
    before: Mapped[dict[str, Any]]
    """Only what changed, secrets never: of those it says set or not_set."""
    after: Mapped[dict[str, Any]]
    request_id: Mapped[str]


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
