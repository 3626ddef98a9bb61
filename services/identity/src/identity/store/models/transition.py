"""Ownership of buyers: who moved when by which order, and the claims that let customers in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id


class TransitionOutcome(Base, TenantRow, kw_only=True):
    """What an order's completion meant for its buyer: one row per order (R164, R167)."""

    __tablename__ = "transition_outcomes"
    __table_args__ = (
        CheckConstraint(
            "outcome in ('moved', 'already_moved', 'not_asked_for', 'not_offline')",
            name="outcome_known",
        ),
    )

    order_id: Mapped[UUID] = mapped_column(primary_key=True)
    buyer_id: Mapped[UUID] = mapped_column(index=True)
    """Perhaps of a buyer that was deleted before its order's event arrived."""
    outcome: Mapped[str]
    recorded_at: Mapped[datetime]


class OwnershipChange(Base, TenantRow, kw_only=True):
    """One step in a buyer's history: moved, undone, claimed, or connected by an invitation. Never changed."""

    __tablename__ = "ownership_changes"
    __table_args__ = (
        CheckConstraint(
            "change in ('moved', 'undone', 'claimed', 'connected')", name="change_known"
        ),
        Index("ix_ownership_changes_buyer_id_id", "buyer_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    buyer_id: Mapped[UUID] = mapped_column(ForeignKey("buyers.id"))
    change: Mapped[str]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    order_id: Mapped[UUID | None]
    by_user_id: Mapped[UUID | None] = mapped_column(default=None)
    changed_at: Mapped[datetime]


class Claim(Base, TenantRow, kw_only=True):
    """The way in for the customer: one open claim per buyer, single-use, 14 days (D19)."""

    __tablename__ = "claims"
    __table_args__ = (
        CheckConstraint("state in ('open', 'no_address', 'claimed', 'ended')", name="state_known"),
        Index(
            "uq_claims_open",
            "buyer_id",
            unique=True,
            postgresql_where=text("state in ('open', 'no_address')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    buyer_id: Mapped[UUID] = mapped_column(ForeignKey("buyers.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    order_id: Mapped[UUID]
    email: Mapped[str | None]
    """None: neither a login nor a contact e-mail is known, staff is asked for one (R205)."""
    state: Mapped[str]
    expires_at: Mapped[datetime]
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
