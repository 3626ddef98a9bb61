"""Buyers: a brand's view of a customer, with its trading terms and its ways into a link."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    Numeric,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id
from identity.store.models.makers import BRAND


class Buyer(Base, TenantRow, kw_only=True):
    __tablename__ = "buyers"
    __table_args__ = (
        CheckConstraint("kind in ('offline', 'connected')", name="kind_known"),
        CheckConstraint(
            "(kind = 'connected') = (organisation_id is not null)",
            name="connected_has_organisation",
        ),
        CheckConstraint("rate_kind in ('ratio', 'percent_off')", name="rate_kind_known"),
        CheckConstraint("rate_value >= 0", name="rate_not_negative"),
        Index("uq_buyers_unique_code", "brand_id", text("upper(unique_code)"), unique=True),
        Index("uq_buyers_login_email", "brand_id", "login_email", unique=True),
        Index("ix_buyers_brand_id_id", "brand_id", "id"),
        Index("ix_buyers_organisation_id", "organisation_id"),
        Index("ix_buyers_brand_id_kind", "brand_id", "kind", postgresql_include=["maker_id"]),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID] = mapped_column(BRAND)
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(default="offline")
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id"), default=None
    )
    claimed_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the customer took over what a transition gave it."""
    unique_code: Mapped[str]
    customer_code: Mapped[str | None] = mapped_column(default=None)
    name: Mapped[str]
    is_company: Mapped[bool] = mapped_column(default=True)
    first_name: Mapped[str | None] = mapped_column(default=None)
    last_name: Mapped[str | None] = mapped_column(default=None)
    contact_email: Mapped[str | None] = mapped_column(default=None)
    phone: Mapped[str | None] = mapped_column(default=None)
    tax_id: Mapped[str | None] = mapped_column(default=None)
    tags: Mapped[list[str]] = mapped_column(default_factory=list)

    country: Mapped[str]
    language: Mapped[str]
    trade_term_id: Mapped[UUID] = mapped_column(ForeignKey("trade_terms.id"))
    currency: Mapped[str]
    rate_kind: Mapped[str]
    rate_value: Mapped[Decimal] = mapped_column(Numeric(9, 4))
    deposit_percent: Mapped[Decimal | None] = mapped_column(Numeric(5, 2), default=None)
    payment_terms: Mapped[str | None] = mapped_column(default=None)
    notification_emails: Mapped[list[str]] = mapped_column(default_factory=list)
    """Where the brand sends invoices and delivery notes (R192)."""

    login_email: Mapped[str | None] = mapped_column(default=None)
    """Of the offline buyer's link login; unique per brand (D12)."""
    login_hash: Mapped[str | None] = mapped_column(default=None)
    passcode_hash: Mapped[str | None] = mapped_column(default=None)
    default_address_id: Mapped[UUID | None] = mapped_column(default=None)
    """Of delivery (R109)."""
    default_billing_address_id: Mapped[UUID | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    search_text: Mapped[str] = mapped_column(Computed("..."), init=False, deferred=True, repr=False)
    """Names, codes and e-mails in small letters, kept by the database (migration 0004)."""


class BuyerLookup(Base, kw_only=True):
    """Whose buyer is it, and of which organisation? Global: a user's buyers span makers."""

    __tablename__ = "buyer_lookup"

    buyer_id: Mapped[UUID] = mapped_column(primary_key=True)
    maker_id: Mapped[UUID]
    brand_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None] = mapped_column(index=True)


class Address(Base, TenantRow, kw_only=True):
    __tablename__ = "addresses"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    buyer_id: Mapped[UUID] = mapped_column(ForeignKey("buyers.id"), index=True)
    country: Mapped[str]
    addressee: Mapped[str]
    zip: Mapped[str | None]
    state: Mapped[str | None]
    city: Mapped[str | None]
    line1: Mapped[str]
    line2: Mapped[str | None] = mapped_column(default=None)
    phone: Mapped[str | None] = mapped_column(default=None)


class Recipient(Base, TenantRow, kw_only=True):
    """Who gets the buyer's order mails (R189)."""

    __tablename__ = "recipients"
    __table_args__ = (UniqueConstraint("buyer_id", "email"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    buyer_id: Mapped[UUID] = mapped_column(ForeignKey("buyers.id"))
    email: Mapped[str]
