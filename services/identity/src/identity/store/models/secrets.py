"""Failed sign-ins, counted where no flush forgets them, and what mailed tokens stand for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base
from common.ids import new_id


class FailedAttempt(Base, kw_only=True):
    """Written before the secret is looked at, taken back when it was right (R54)."""

    __tablename__ = "failed_attempts"
    __table_args__ = (
        Index("ix_failed_attempts_account", "account", "address", "failed_at"),
        Index("ix_failed_attempts_address", "address", "failed_at"),
        Index("ix_failed_attempts_failed_at", "failed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    account: Mapped[str]
    """A hash of what was tried: what strangers type is not kept."""
    address: Mapped[str]
    failed_at: Mapped[datetime]


class MailSecret(Base, kw_only=True):
    """A mail's reference: its token is made from the id when asked, and only its hash stays."""

    __tablename__ = "mail_secrets"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """The id of the row it opens, for example a claim."""
    kind: Mapped[str]
    maker_id: Mapped[UUID | None]
    token_hash: Mapped[str | None] = mapped_column(unique=True, default=None)
    """None until the mail is being sent: before that, no token opens it."""
    expires_at: Mapped[datetime]
