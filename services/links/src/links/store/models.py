"""links' tables. Three are global: whose a token is, failed passcodes, who has uploads."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Computed, func
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id

GLOBAL_TABLES = frozenset({"link_previews", "link_tokens", "passcode_failures", "upload_makers"})


class Link(TenantRow, Base, kw_only=True):
    """A Customer Order Link."""

    __tablename__ = "links"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    token: Mapped[str]
    name: Mapped[str]
    description: Mapped[str]
    status: Mapped[str] = mapped_column(default="open")
    version: Mapped[int] = mapped_column(default=1)
    view_only: Mapped[bool]
    transition: Mapped[bool]
    address_shown: Mapped[bool]
    release_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    passcode_hash: Mapped[str | None] = mapped_column(default=None)
    passcode_version: Mapped[int | None] = mapped_column(default=None)
    """Counts every passcode the link ever had, so that an old pass never fits a later one."""
    catalog_ids: Mapped[list[str]]
    lookbook_ids: Mapped[list[str]]
    payment_methods: Mapped[list[str]]
    shipping_rows: Mapped[list[Any]]
    videos: Mapped[list[Any]] = mapped_column(default_factory=list)
    background: Mapped[dict[str, Any]] = mapped_column(
        default_factory=lambda: {"kind": "empty", "url": None}
    )
    contacts: Mapped[list[Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    search_text: Mapped[str] = mapped_column(Computed("..."), init=False, deferred=True, repr=False)
    """The name in small letters, kept by the database (migration 0009)."""

    @property
    def asked_passcode(self) -> int | None:
        """The version of the passcode that must be passed now, None without one (D1)."""
        return self.passcode_version if self.passcode_hash else None


class LinkToken(Base, kw_only=True):
    """Whose link a token opens; looked up before the tenant is known."""

    __tablename__ = "link_tokens"

    token: Mapped[str] = mapped_column(primary_key=True)
    link_id: Mapped[UUID]
    maker_id: Mapped[UUID]


class LinkCount(TenantRow, Base, kw_only=True):
    """What happened on a link, counted from events."""

    __tablename__ = "link_counts"

    link_id: Mapped[UUID] = mapped_column(primary_key=True)
    signed_in: Mapped[int] = mapped_column(default=0)
    orders: Mapped[int] = mapped_column(default=0)


class LinkStep(TenantRow, Base, kw_only=True):
    """How often a step was taken on a link in one hour; `minor` sums what was ordered."""

    __tablename__ = "link_steps"

    link_id: Mapped[UUID] = mapped_column(primary_key=True)
    at_hour: Mapped[datetime] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    detail: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]
    minor: Mapped[int] = mapped_column(BigInteger)


class SeenStep(TenantRow, Base, kw_only=True):
    """That a visitor's step has been counted; forgotten after two days."""

    __tablename__ = "link_steps_seen"

    link_id: Mapped[UUID] = mapped_column(primary_key=True)
    visitor: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


class PasscodeFailure(Base, kw_only=True):
    """A try at a link's passcode: written before it is looked at, taken back when right (R28)."""

    __tablename__ = "passcode_failures"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    link_id: Mapped[UUID]
    address: Mapped[str]
    failed_at: Mapped[datetime]


class Upload(TenantRow, Base, kw_only=True):
    """A picture or video that staff put there; links name it (R145, R146)."""

    __tablename__ = "uploads"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    kind: Mapped[str]
    """image or video."""
    content_type: Mapped[str]
    name: Mapped[str]
    """What the file was called; only staff sees it."""
    size_bytes: Mapped[int]
    width: Mapped[int | None] = mapped_column(default=None)
    height: Mapped[int | None] = mapped_column(default=None)
    is_ready: Mapped[bool] = mapped_column(default=False)
    """False until storage holds all of it."""
    is_going: Mapped[bool] = mapped_column(default=False)
    """True from when nothing used it for a day: no link may begin to."""
    created_at: Mapped[datetime]


class UploadMaker(Base, kw_only=True):
    """A maker that has uploads: the sweeper has no tenant and asks here for whom to look."""

    __tablename__ = "upload_makers"

    maker_id: Mapped[UUID] = mapped_column(primary_key=True)


class LinkPreflight(TenantRow, Base, kw_only=True):
    """What will go wrong with a link, as it was found last."""

    __tablename__ = "link_preflights"

    link_id: Mapped[UUID] = mapped_column(primary_key=True)
    brand_id: Mapped[UUID]
    version: Mapped[int]
    """Of the link that was looked at."""
    findings: Mapped[list[Any]]
    warnings: Mapped[int]
    blocks: Mapped[int]
    checked_at: Mapped[datetime]


class LinkPreview(Base, kw_only=True):
    """A look at a link as one buyer at one moment; found by its token before a tenant is known."""

    __tablename__ = "link_previews"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    link_id: Mapped[UUID]
    maker_id: Mapped[UUID]
    buyer_id: Mapped[UUID]
    at: Mapped[datetime]
    expires_at: Mapped[datetime]
