"""Makers, the tenants, with what they enable, and their brands."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id


class Maker(Base, kw_only=True):
    """A tenant; every other row of its own carries this `maker_id`."""

    __tablename__ = "makers"

    maker_id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    name: Mapped[str]
    languages: Mapped[list[str]]
    default_language: Mapped[str]
    currencies: Mapped[list[str]]
    time_zone: Mapped[str]
    """IANA name: mails and documents speak in it (D2)."""
    default_currency: Mapped[str | None] = mapped_column(default=None)
    default_trade_term_id: Mapped[UUID | None] = mapped_column(default=None)
    """What a new buyer gets when nothing is said."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class Brand(Base, TenantRow, kw_only=True):
    __tablename__ = "brands"
    __table_args__ = (UniqueConstraint("maker_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    name: Mapped[str]
    code: Mapped[str]
    """[A-Z0-9]{2,6}: the beginning of the brand's order numbers."""


class BrandLookup(Base, kw_only=True):
    """Whose brand is it? Global, so that a question naming a brand finds its maker."""

    __tablename__ = "brand_lookup"

    brand_id: Mapped[UUID] = mapped_column(primary_key=True)
    maker_id: Mapped[UUID]


class TradeTerm(Base, TenantRow, kw_only=True):
    __tablename__ = "trade_terms"
    __table_args__ = (UniqueConstraint("maker_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    code: Mapped[str]
    name: Mapped[str]


BRAND = ForeignKey("brands.id")
