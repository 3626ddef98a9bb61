"""Card payments, and what Stripe told of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, composite, mapped_column

from common.db import Base, TenantRow
from common.money import Money

STATES = ("opening", "open", "placed", "refunding", "refunded", "expired", "failed")


class Payment(TenantRow, Base, kw_only=True):
    """The one payment of a checkout attempt (K15), from its page to the orders or the refund.

    opening: Stripe is being asked for a page; open: it can be paid; placed: paid and ordered;
    refunding, refunded: paid, but nothing could be ordered; expired: never paid; failed: no page.
    """

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint(f"state in {STATES}", name="state_known"),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        CheckConstraint(
            "state not in ('placed', 'refunding', 'refunded') or payment_intent_id is not null",
            name="paid_has_intent",
        ),
        Index(
            "uq_payments_open_cart",
            "cart_id",
            unique=True,
            postgresql_where=text("state in ('opening', 'open') and closing_reason is null"),
        ),
        Index("ix_payments_brand_id_id", "brand_id", "id"),
        Index("ix_payments_link_id", "link_id"),
    )

    id: Mapped[UUID] = mapped_column(ForeignKey("checkout_attempts.id"), primary_key=True)
    """The attempt's: it is the checkout's id and, with `keys`, Stripe's idempotency key."""
    brand_id: Mapped[UUID]
    link_id: Mapped[UUID | None]
    cart_id: Mapped[UUID] = mapped_column(ForeignKey("carts.id"))
    session_id: Mapped[UUID]
    """The buyer's: only this browser sees the payment's page."""
    buyer_name: Mapped[str]
    account_id: Mapped[str]
    amount: Mapped[Money] = composite(
        mapped_column("amount_minor", BigInteger), mapped_column("currency")
    )
    confirmed: Mapped[dict[str, Any]]
    """All that placing needs, frozen when the page was made (D21)."""
    state: Mapped[str] = mapped_column(default="opening")
    closing_reason: Mapped[str | None] = mapped_column(default=None)
    """Why the page must be closed; paid all the same is given back."""
    note: Mapped[str | None] = mapped_column(default=None)
    """What Stripe said when there was no page or no refund."""
    keys: Mapped[int] = mapped_column(default=1)
    """Counts up when Stripe has stored a failure under the key."""
    stripe_session_id: Mapped[str | None] = mapped_column(default=None, unique=True)
    page_url: Mapped[str | None] = mapped_column(default=None)
    payment_intent_id: Mapped[str | None] = mapped_column(default=None, unique=True)
    refund_id: Mapped[str | None] = mapped_column(default=None)
    call_id: Mapped[UUID | None] = mapped_column(default=None)
    """The outbound call that watches over it."""
    submitted_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    paid_at: Mapped[datetime | None] = mapped_column(default=None)
    refunded_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class StripeEvent(TenantRow, Base, kw_only=True):
    """A verified webhook as it came; its id keeps repeats out (K16)."""

    __tablename__ = "stripe_events"
    __table_args__ = (Index("ix_stripe_events_maker_id_received_at", "maker_id", "received_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str]
    type: Mapped[str]
    payment_id: Mapped[UUID | None]
    body: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class StripeAccount(Base, kw_only=True):
    """Which maker a connected account belongs to, for webhooks; global, ids only."""

    __tablename__ = "stripe_accounts"

    account_id: Mapped[str] = mapped_column(primary_key=True)
    maker_id: Mapped[UUID]


class PaymentDirectory(Base, kw_only=True):
    """Where a payment is kept, for its page after the link is gone; global, ids only."""

    __tablename__ = "payment_directory"

    payment_id: Mapped[UUID] = mapped_column(primary_key=True)
    maker_id: Mapped[UUID]
    link_id: Mapped[UUID | None]
    """None for a Standard Order."""
