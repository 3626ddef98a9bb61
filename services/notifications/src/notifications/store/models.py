"""notifications' tables. All of them are a maker's; row-level security says whose."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id

STATES = "('pending', 'sending', 'unknown', 'accepted', 'done', 'dead')"


class Message(TenantRow, Base, kw_only=True):
    """One mail to one recipient about one order or reference; the ledger's row."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("subject_id", "kind", "recipient"),
        CheckConstraint(f"state in {STATES}", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID | None]
    """None: the maker's own, such as an invitation to its team."""
    owner_id: Mapped[UUID] = mapped_column(
        Computed("coalesce(brand_id, maker_id)", persisted=True), init=False
    )
    """Whose list it stands in."""
    subject_id: Mapped[UUID]
    """The order, or the reference that identity gave."""
    order_id: Mapped[UUID | None]
    order_number: Mapped[str | None]
    kind: Mapped[str]
    recipient: Mapped[str]
    recipient_key: Mapped[str] = mapped_column(
        Computed("lower(recipient)", persisted=True), init=False
    )
    language: Mapped[str]
    time_zone: Mapped[str]
    values: Mapped[dict[str, Any]]
    """What the templates say; never a secret."""
    call_id: Mapped[UUID | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default="pending", server_default="pending")
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    note: Mapped[str | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class Recipient(TenantRow, Base, kw_only=True):
    """An address that hears of new orders: of one brand, or of the maker when brand_id is null."""

    __tablename__ = "recipients"
    __table_args__ = (UniqueConstraint("maker_id", "brand_id", "email"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID | None]
    email: Mapped[str]
    language: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class MailSwitch(TenantRow, Base, kw_only=True):
    """A brand's choice for one kind of mail; without a row the kind is on."""

    __tablename__ = "mail_switches"

    brand_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    is_on: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
