"""What a brand has set for its checkouts: shipping rates, ways to pay, NEXT ENGINE."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Numeric,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from common.db import Base, TenantRow
from common.ids import new_id


class BrandDirectory(Base, kw_only=True):
    """Which maker a brand belongs to, for questions that name the brand alone; global, ids only."""

    __tablename__ = "brand_directory"

    brand_id: Mapped[UUID] = mapped_column(primary_key=True)
    maker_id: Mapped[UUID]


class RateGroupRow(TenantRow, Base, kw_only=True):
    """Rates of one currency, for a country or for all (R135, R136)."""

    __tablename__ = "rate_groups"
    __table_args__ = (
        Index(
            "uq_rate_groups_code",
            "brand_id",
            "code",
            unique=True,
            postgresql_where=text("deleted_at is null"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    code: Mapped[str]
    name: Mapped[str]
    currency: Mapped[str]
    country: Mapped[str | None] = mapped_column(default=None)
    tax_percent: Mapped[Decimal | None] = mapped_column(Numeric(7, 4), default=None)
    """Tax on the fee only if set (R141)."""
    is_enabled: Mapped[bool] = mapped_column(default=True)
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)
    rates: Mapped[list["ShippingRateRow"]] = relationship(
        default_factory=list, lazy="selectin", order_by="ShippingRateRow.code"
    )


class ShippingRateRow(TenantRow, Base, kw_only=True):
    """A fee and when it applies; amounts are without tax, in the group's currency (R137)."""

    __tablename__ = "shipping_rates"
    __table_args__ = (CheckConstraint("fee_minor >= 0", name="fee_not_negative"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    rate_group_id: Mapped[UUID] = mapped_column(ForeignKey("rate_groups.id"), index=True)
    code: Mapped[str]
    name: Mapped[str]
    fee_minor: Mapped[int] = mapped_column(BigInteger)
    minimum_minor: Mapped[int | None] = mapped_column(BigInteger, default=None)
    maximum_minor: Mapped[int | None] = mapped_column(BigInteger, default=None)
    prefectures: Mapped[list[str]] = mapped_column(default_factory=list)


class PaymentSettings(TenantRow, Base, kw_only=True):
    """How a brand can be paid. Without a row: outside the app only (R113)."""

    __tablename__ = "payment_settings"

    brand_id: Mapped[UUID] = mapped_column(primary_key=True)
    stripe_add_on: Mapped[bool] = mapped_column(default=False)
    stripe_account_id: Mapped[str | None] = mapped_column(default=None)
    details_submitted: Mapped[bool] = mapped_column(default=False)
    charges_enabled: Mapped[bool] = mapped_column(default=False)
    payouts_enabled: Mapped[bool] = mapped_column(default=False)
    """These three as Stripe said when the account was last looked at (R119)."""
    commerce_page_url: Mapped[str | None] = mapped_column(default=None)
    checked_at: Mapped[datetime | None] = mapped_column(default=None)


class NextEngineConnection(TenantRow, Base, kw_only=True):
    """A company at NEXT ENGINE: its tokens, and the lease of whoever may use them now."""

    __tablename__ = "next_engine_connections"
    __table_args__ = (
        CheckConstraint("state in ('connected', 'reauth_required', 'paused')", name="state_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    company_id: Mapped[str] = mapped_column(unique=True)
    """NEXT ENGINE's company_ne_id; another company's tokens never replace these."""
    company_name: Mapped[str]
    access_token: Mapped[bytes] = mapped_column(LargeBinary)
    refresh_token: Mapped[bytes] = mapped_column(LargeBinary)
    """Both encrypted with TOKEN_ENCRYPTION_KEY."""
    access_ends_at: Mapped[datetime]
    refresh_ends_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    """Counts every pair that was stored."""
    state: Mapped[str] = mapped_column(default="connected")
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    fencing: Mapped[int] = mapped_column(default=0)
    last_call_at: Mapped[datetime | None] = mapped_column(default=None)
    last_error: Mapped[str | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class NextEngineCompany(Base, kw_only=True):
    """Which maker a company at NEXT ENGINE belongs to, and until when; global, names nobody."""

    __tablename__ = "next_engine_companies"

    company_id: Mapped[str] = mapped_column(primary_key=True)
    maker_id: Mapped[UUID]
    state: Mapped[str | None] = mapped_column(default=None)
    refresh_ends_at: Mapped[datetime | None] = mapped_column(default=None)
    """Both as in the connection; here they can be watched across makers."""


class NextEngineShop(TenantRow, Base, kw_only=True):
    """Which shop of which company a brand's orders go to, and by which upload pattern."""

    __tablename__ = "next_engine_shops"
    __table_args__ = (
        CheckConstraint("csv_encoding in ('cp932', 'utf-8')", name="csv_encoding_known"),
    )

    brand_id: Mapped[UUID] = mapped_column(primary_key=True)
    connection_id: Mapped[UUID] = mapped_column(ForeignKey("next_engine_connections.id"))
    shop_id: Mapped[str]
    pattern_id: Mapped[str]
    csv_encoding: Mapped[str | None] = mapped_column(default=None)
    """Of the files uploaded there; None: as the service is told."""
