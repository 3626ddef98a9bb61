"""catalog's tables. All of them are a maker's; row-level security says whose."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Computed, ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id

GLOBAL_TABLES = frozenset({"brand_makers"})


class BrandMaker(Base, kw_only=True):
    """Whose a brand is; looked up before the tenant is known."""

    __tablename__ = "brand_makers"

    brand_id: Mapped[UUID] = mapped_column(primary_key=True)
    maker_id: Mapped[UUID]
    default_language: Mapped[str]
    """A copy of identity's; a job renews it, because a question may not ask another service."""


class Tax(TenantRow, Base, kw_only=True):
    __tablename__ = "taxes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    names: Mapped[dict[str, Any]]
    country: Mapped[str]
    percent: Mapped[Decimal] = mapped_column(Numeric(7, 4))
    is_reduced: Mapped[bool]
    rounding: Mapped[str]
    """down, up or half_up."""
    version: Mapped[int] = mapped_column(default=1)


class Product(TenantRow, Base, kw_only=True):
    """A model; what is ordered are its SKUs."""

    __tablename__ = "products"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    model_number: Mapped[str]
    names: Mapped[dict[str, Any]]
    descriptions: Mapped[dict[str, Any]]
    materials: Mapped[dict[str, Any]]
    category: Mapped[str]
    tax_id: Mapped[UUID | None] = mapped_column(ForeignKey("taxes.id"))
    version: Mapped[int] = mapped_column(default=1)
    search_text: Mapped[str] = mapped_column(Computed("..."), init=False, deferred=True, repr=False)
    """Model number and names in small half-width letters; PostgreSQL writes it (migration 0004)."""


class ProductImage(TenantRow, Base, kw_only=True):
    """A picture stored under `key` in several widths."""

    __tablename__ = "product_images"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"))
    key: Mapped[str]
    colour: Mapped[str | None]
    alts: Mapped[dict[str, Any]]
    position: Mapped[int]


class Sku(TenantRow, Base, kw_only=True):
    """One colour in one size, the template of every product for now."""

    __tablename__ = "skus"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"))
    number: Mapped[str]
    colour: Mapped[str]
    colour_names: Mapped[dict[str, Any]]
    colour_hex: Mapped[str]
    size: Mapped[str]
    position: Mapped[int]
    minimum: Mapped[int | None] = mapped_column(default=None)
    """The least that is ordered of it; None: any quantity."""
    multiple: Mapped[int | None] = mapped_column(default=None)
    """It comes in packs of so many; None: one by one."""


class Price(TenantRow, Base, kw_only=True):
    """A product's list price for one trade term in one currency."""

    __tablename__ = "prices"

    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"), primary_key=True)
    trade_term_id: Mapped[UUID] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(primary_key=True)
    minor: Mapped[int]


class Catalog(TenantRow, Base, kw_only=True):
    __tablename__ = "catalogs"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    code: Mapped[str | None]
    names: Mapped[dict[str, Any]]
    descriptions: Mapped[dict[str, Any]]
    status: Mapped[str]
    """open, limited or closed."""
    open_at: Mapped[datetime | None]
    order_deadline_at: Mapped[datetime | None]
    payment_methods: Mapped[list[str]]
    address_shown: Mapped[bool]
    shipping_rows: Mapped[list[Any]]
    hero_key: Mapped[str | None]
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)
    """Counts up with every edit; an editor names the one that was opened."""
    minimum_amounts: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    """The least goods total of an order, minor units by currency; nothing: any amount."""
    lookbook_ids: Mapped[list[str]] = mapped_column(default_factory=list)
    """What a standard order shows beside the products, in order."""
    videos: Mapped[list[str]] = mapped_column(default_factory=list)
    """Addresses of players (domain/embeds.py)."""
    has_comment_box: Mapped[bool] = mapped_column(default=False)


class CatalogProduct(TenantRow, Base, kw_only=True):
    __tablename__ = "catalog_products"

    catalog_id: Mapped[UUID] = mapped_column(ForeignKey("catalogs.id"), primary_key=True)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"), primary_key=True)
    position: Mapped[int]


class Grant(TenantRow, Base, kw_only=True):
    """A buyer's access to a Limited catalog (R71)."""

    __tablename__ = "grants"

    catalog_id: Mapped[UUID] = mapped_column(ForeignKey("catalogs.id"), primary_key=True)
    buyer_id: Mapped[UUID] = mapped_column(primary_key=True)


class RateOverride(TenantRow, Base, kw_only=True):
    """A rate of one buyer for a catalog, a product, or a product in a catalog (R59)."""

    __tablename__ = "rate_overrides"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    buyer_id: Mapped[UUID]
    catalog_id: Mapped[UUID | None]
    product_id: Mapped[UUID | None]
    kind: Mapped[str]
    value: Mapped[Decimal] = mapped_column(Numeric(9, 4))


class Lookbook(TenantRow, Base, kw_only=True):
    __tablename__ = "lookbooks"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    names: Mapped[dict[str, Any]]
    status: Mapped[str]
    """public or draft."""
    keys: Mapped[list[str]]
    version: Mapped[int] = mapped_column(default=1)
    alts: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    """Key of a picture → its words by language."""


class LookbookProduct(TenantRow, Base, kw_only=True):
    """A product that a lookbook shows, credited under its pictures."""

    __tablename__ = "lookbook_products"

    lookbook_id: Mapped[UUID] = mapped_column(ForeignKey("lookbooks.id"), primary_key=True)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"), primary_key=True)
    position: Mapped[int]


class StoredPicture(TenantRow, Base, kw_only=True):
    """A picture's files in storage, written down before they go there, so that none is forgotten."""

    __tablename__ = "stored_pictures"

    key: Mapped[str] = mapped_column(primary_key=True)
    brand_id: Mapped[UUID]
    size_bytes: Mapped[int]
    created_at: Mapped[datetime]
    unshown_since: Mapped[datetime | None] = mapped_column(default=None)
    """Since when nothing shows it; None: something does, or nobody has looked yet."""
    is_going: Mapped[bool] = mapped_column(default=False)
    """Its files are being removed: nothing may show it any more."""
