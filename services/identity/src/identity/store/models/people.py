"""User accounts, one per e-mail for both apps (R51): staff of a maker, members of organisations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id


class User(Base, kw_only=True):
    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    email: Mapped[str] = mapped_column(unique=True)
    """As domain.email.normal writes it."""
    name: Mapped[str]
    password_hash: Mapped[str | None]
    language: Mapped[str]
    totp_sealed: Mapped[str | None] = mapped_column(default=None)
    """The second factor's key, encrypted; it asks only once it is confirmed."""
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    totp_last_step: Mapped[int | None] = mapped_column(default=None)
    """The newest 30 seconds whose code was used: none works twice."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class StaffMember(Base, TenantRow, kw_only=True):
    __tablename__ = "staff_members"
    __table_args__ = (
        UniqueConstraint("maker_id", "user_id"),
        CheckConstraint(
            "role in ('primary_owner', 'owner', 'admin', 'member_write', 'member_read')",
            name="role_known",
        ),
        Index(
            "uq_staff_members_primary_owner",
            "maker_id",
            unique=True,
            postgresql_where=text("role = 'primary_owner'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    role: Mapped[str]
    has_all_brands: Mapped[bool] = mapped_column(default=True)
    """Otherwise only those in staff_brands."""


class StaffBrand(Base, TenantRow, kw_only=True):
    __tablename__ = "staff_brands"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"), primary_key=True)
    brand_id: Mapped[UUID] = mapped_column(ForeignKey("brands.id"), primary_key=True)


class StaffLookup(Base, kw_only=True):
    """Whose staff is a user? Asked at sign-in, before any maker is known."""

    __tablename__ = "staff_lookup"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    maker_id: Mapped[UUID]


class Operator(Base, kw_only=True):
    """Looks after the machinery: of no maker and no organisation, made at the command line."""

    __tablename__ = "operators"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    added_by: Mapped[str]


class Organisation(Base, kw_only=True):
    """A customer's organisation; it may trade with brands of several makers (R158)."""

    __tablename__ = "organisations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class Membership(Base, kw_only=True):
    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("role in ('primary_owner', 'owner', 'member')", name="role_known"),
        Index(
            "uq_memberships_primary_owner",
            "organisation_id",
            unique=True,
            postgresql_where=text("role = 'primary_owner'"),
        ),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    role: Mapped[str]
