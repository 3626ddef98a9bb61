"""Invitations to people: onto a maker's staff, into a customer's organisation."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id

STATES = "state in ('open', 'accepted', 'ended')"


class TeamInvitation(Base, TenantRow, kw_only=True):
    """One open invitation per e-mail among those that whoever invites can see.

    Programs of two brands may each have one, for neither learns of the other's (R203); who accepts
    one is on the staff, and cannot accept the other. Its token is a MailSecret with this id.
    """

    __tablename__ = "team_invitations"
    __table_args__ = (
        CheckConstraint(
            "role in ('owner', 'admin', 'member_write', 'member_read')", name="role_known"
        ),
        CheckConstraint(STATES, name="state_known"),
        Index(
            "ix_team_invitations_open",
            "maker_id",
            "email",
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    email: Mapped[str]
    role: Mapped[str]
    has_all_brands: Mapped[bool]
    brand_ids: Mapped[list[str]]
    state: Mapped[str] = mapped_column(default="open")
    invited_by: Mapped[UUID]
    expires_at: Mapped[datetime]
    settled_at: Mapped[datetime | None] = mapped_column(default=None)


class OrganisationInvitation(Base, kw_only=True):
    """One open invitation per organisation and e-mail. Global, as organisations are."""

    __tablename__ = "organisation_invitations"
    __table_args__ = (
        CheckConstraint("role in ('owner', 'member')", name="role_known"),
        CheckConstraint(STATES, name="state_known"),
        Index(
            "uq_organisation_invitations_open",
            "organisation_id",
            "email",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    email: Mapped[str]
    role: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    invited_by: Mapped[UUID]
    expires_at: Mapped[datetime]
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
