"""Who is signed in where. Tokens are kept as SHA-256 only; the raw ones are in the cookies."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base
from common.ids import new_id


class Browser(Base, kw_only=True):
    """What cookie `b` stands for: one buyer's session per link, and the passcodes passed."""

    __tablename__ = "browsers"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    token_hash: Mapped[str] = mapped_column(unique=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)


class SignedIn(Base, kw_only=True):
    """A session: of staff or a user (its own token), or of a buyer (a browser and a link)."""

    __tablename__ = "sessions"
    __table_args__ = (
        UniqueConstraint("browser_id", "link_id"),
        CheckConstraint("kind in ('staff', 'user', 'buyer', 'operator')", name="kind_known"),
        CheckConstraint(
            "(kind = 'buyer') = (token_hash is null and browser_id is not null"
            " and link_id is not null and brand_id is not null and buyer_id is not null"
            " and method is not null)",
            name="buyer_is_bound",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    kind: Mapped[str]
    token_hash: Mapped[str | None] = mapped_column(unique=True, default=None)
    browser_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("browsers.id", ondelete="cascade"), default=None
    )
    user_id: Mapped[UUID | None] = mapped_column(default=None, index=True)
    maker_id: Mapped[UUID | None] = mapped_column(default=None)
    link_id: Mapped[UUID | None] = mapped_column(default=None)
    brand_id: Mapped[UUID | None] = mapped_column(default=None)
    buyer_id: Mapped[UUID | None] = mapped_column(default=None, index=True)
    method: Mapped[str | None] = mapped_column(default=None)
    operator: Mapped[str | None] = mapped_column(default=None)
    passcode_version: Mapped[int | None] = mapped_column(default=None)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    device: Mapped[str | None] = mapped_column(default=None)
    """"Chrome on Windows": enough for its holder to know it by."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class BuyerChoice(Base, kw_only=True):
    """A user proved its password on a link and has still to choose a buyer (R36)."""

    __tablename__ = "buyer_choices"

    browser_id: Mapped[UUID] = mapped_column(
        ForeignKey("browsers.id", ondelete="cascade"), primary_key=True
    )
    link_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID]
    expires_at: Mapped[datetime]


class LinkPass(Base, kw_only=True):
    """This browser passed the link's passcode of that version (R27)."""

    __tablename__ = "link_passes"

    browser_id: Mapped[UUID] = mapped_column(
        ForeignKey("browsers.id", ondelete="cascade"), primary_key=True
    )
    link_id: Mapped[UUID] = mapped_column(primary_key=True)
    passcode_version: Mapped[int]
    granted_at: Mapped[datetime]
