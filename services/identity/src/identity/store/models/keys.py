"""Keys for programs: of one brand, with scopes; the raw key is shown once and never stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id


class ApiKey(Base, TenantRow, kw_only=True):
    __tablename__ = "api_keys"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID] = mapped_column(ForeignKey("brands.id"), index=True)
    name: Mapped[str]
    prefix: Mapped[str]
    """The key's first characters, by which people recognise it."""
    token_hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[str]]
    created_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    last_used_at: Mapped[datetime | None] = mapped_column(default=None)
    """To the hour: a use within the hour before is not written."""
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class ApiKeyLookup(Base, kw_only=True):
    """Whose key is it? Global: a request shows a key before any maker is known."""

    __tablename__ = "api_key_lookup"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    maker_id: Mapped[UUID]
    key_id: Mapped[UUID]
