"""Offers to customers: connect your organisation to what this brand keeps of you."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id


class BuyerInvitation(Base, TenantRow, kw_only=True):
    """One open offer per offline buyer; accepting connects the buyer, whose terms it has already.

    The mail's token is a MailSecret of kind `invitation` with this row's id.
    """

    __tablename__ = "buyer_invitations"
    __table_args__ = (
        CheckConstraint("state in ('open', 'accepted', 'ended')", name="state_known"),
        CheckConstraint(
            "(state = 'accepted') = (accepted_by_organisation_id is not null)",
            name="accepted_by_somebody",
        ),
        Index(
            "uq_buyer_invitations_open",
            "buyer_id",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID] = mapped_column(ForeignKey("brands.id"))
    buyer_id: Mapped[UUID] = mapped_column(ForeignKey("buyers.id"), index=True)
    email: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    invited_by: Mapped[UUID | None]
    """A user; None when a program did it."""
    expires_at: Mapped[datetime]
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    accepted_by_organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id"), default=None
    )
    accepted_by_user_id: Mapped[UUID | None] = mapped_column(default=None)
