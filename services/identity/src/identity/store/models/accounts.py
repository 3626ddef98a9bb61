"""What user accounts are waiting for: a code, a new password, a new address, a second factor."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base
from common.ids import new_id


class Registration(Base, kw_only=True):
    """Somebody wants an account; there is none before the mailed code came back (R53)."""

    __tablename__ = "registrations"
    __table_args__ = (Index("ix_registrations_email", "email", "expires_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    token_hash: Mapped[str] = mapped_column(unique=True)
    """Of the address of the page that asks for the code."""
    email: Mapped[str]
    name: Mapped[str]
    organisation: Mapped[str | None]
    password_hash: Mapped[str]
    language: Mapped[str]
    link_token: Mapped[str | None]
    """The link to go back to."""
    is_barred: Mapped[bool]
    """The address has an account, or was sent too many codes: nothing will come of this, and the
    page tells nobody."""
    code_id: Mapped[UUID] = mapped_column(unique=True)
    """The mail's reference; the code is made from it. A resent mail has another."""
    code_expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    mails: Mapped[int] = mapped_column(default=1)
    next_mail_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class PasswordReset(Base, kw_only=True):
    __tablename__ = "password_resets"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class EmailChange(Base, kw_only=True):
    """Waits until the new address has confirmed that it is the holder's."""

    __tablename__ = "email_changes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    new_email: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class RecoveryCode(Base, kw_only=True):
    """One way in without the phone. Shown once; 80 random bits need no slow hash."""

    __tablename__ = "recovery_codes"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class HalfSignIn(Base, kw_only=True):
    """The password was right, the second factor is still asked for: a short-lived cookie `h`."""

    __tablename__ = "half_sign_ins"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    link_token: Mapped[str | None]
    """Where a buyer is to be chosen afterwards; None: the user's own pages."""
    next_path: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime]
