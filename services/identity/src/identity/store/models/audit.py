"""The audit log: who changed what for whom. Rows are added and read, never changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

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
