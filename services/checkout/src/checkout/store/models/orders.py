"""Orders, their lines, and what happened to them elsewhere."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, composite, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id
from common.money import Money


class Order(TenantRow, Base, kw_only=True):
    """One buyer x one catalog (R168). `snapshot` is what was agreed and never changes."""

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("checkout_attempt_id", "catalog_id"),
        UniqueConstraint("brand_id", "order_number"),
        CheckConstraint("total_minor >= 0", name="total_not_negative"),
        Index("ix_orders_brand_id_id", "brand_id", "id"),
        Index("ix_orders_brand_id_link_id_id", "brand_id", "link_id", "id"),
        Index("ix_orders_buyer_id_id", "buyer_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    checkout_attempt_id: Mapped[UUID] = mapped_column(ForeignKey("checkout_attempts.id"))
    brand_id: Mapped[UUID]
    order_number: Mapped[str]
    state: Mapped[str] = mapped_column(default="oc_not_created")
    """R171: a new order has no order confirmation yet."""
    catalog_id: Mapped[UUID]
    catalog_name: Mapped[str]
    link_id: Mapped[UUID | None]
    """None: a Standard Order, straight from the catalog (R88)."""
    buyer_id: Mapped[UUID]
    buyer_name: Mapped[str]
    buyer_kind: Mapped[str]
    """offline or connected, when the order was placed."""
    method: Mapped[str]
    """user_account, offline_login or brand_credentials (R179)."""
    operator: Mapped[str | None]
    """Who of the brand operated with its credentials, if that was said (R46)."""
    actor_user_id: Mapped[UUID | None]
    session_id: Mapped[UUID]
    payment_method: Mapped[str]
    deposit_percent: Mapped[str | None]
    """Copied from the buyer (R65)."""
    language: Mapped[str]
    comment: Mapped[str | None]
    po_number: Mapped[str | None]
    total: Mapped[Money] = composite(
        mapped_column("total_minor", BigInteger), mapped_column("currency")
    )
    units: Mapped[int]
    snapshot: Mapped[dict[str, Any]]
    """The order's part of the frozen breakdown, with the buyer and brand of that moment."""
    address: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """A copy (R110); None under Hide (R99)."""
    address_by_hand: Mapped[bool] = mapped_column(default=False)
    internal_note: Mapped[str | None] = mapped_column(default=None)
    """The brand's own; no buyer sees it."""
    completed_event_id: Mapped[UUID | None] = mapped_column(default=None)
    erasure_asked_at: Mapped[datetime | None] = mapped_column(default=None)
    """The buyer was erased; what the law keeps goes when its term is over, and this with it."""
    submitted_at: Mapped[datetime]
    completed_at: Mapped[datetime]


class OrderLine(TenantRow, Base, kw_only=True):
    """A line of an order as it was agreed."""

    __tablename__ = "order_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("length(note) <= 200", name="note_short"),
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID]
    sku_number: Mapped[str]
    model_number: Mapped[str]
    product_name: Mapped[str]
    properties: Mapped[dict[str, Any]]
    unit_price: Mapped[Money] = composite(
        mapped_column("unit_price_minor", BigInteger), mapped_column("unit_price_currency")
    )
    quantity: Mapped[int]
    amount: Mapped[Money] = composite(
        mapped_column("amount_minor", BigInteger), mapped_column("amount_currency")
    )
    desired_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class OrderNumberSequence(TenantRow, Base, kw_only=True):
    """Counts a brand's orders without gaps; the row stays locked until the order is there."""

    __tablename__ = "order_number_sequences"

    brand_id: Mapped[UUID] = mapped_column(primary_key=True)
    prefix: Mapped[str]
    last: Mapped[int] = mapped_column(default=0)


class LedgerEntry(TenantRow, Base, kw_only=True):
    """What another service said of an order: its transition, each of its mails."""

    __tablename__ = "ledger_entries"
    __table_args__ = (UniqueConstraint("order_id", "kind", "subject"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    kind: Mapped[str]
    """transition, claim or mail."""
    subject: Mapped[str]
    """The message's id; of the others there is one per order."""
    seq: Mapped[int]
    """Of the event's aggregate; an older event changes nothing."""
    state: Mapped[str]
    what: Mapped[str]
    """The mail's kind."""
    recipient: Mapped[str | None]
    """Masked."""
    attempts: Mapped[int]
    note: Mapped[str | None]
    changed_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class Slip(TenantRow, Base, kw_only=True):
    """One upload to NEXT ENGINE: an order of up to 99 lines, or a part of a longer one (D22)."""

    __tablename__ = "next_engine_slips"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        UniqueConstraint("brand_id", "slip_number"),
        Index("ix_next_engine_slips_brand_id_state_order_id", "brand_id", "state", "order_id"),
        Index(
            "ix_next_engine_slips_link",
            "brand_id",
            "link_id",
            "state",
            "order_id",
            postgresql_where=text("link_id is not null"),
        ),
        Index(
            "ix_next_engine_slips_waiting",
            "brand_id",
            postgresql_where=text("waits_for_sign_in"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    link_id: Mapped[UUID | None] = mapped_column(default=None)
    """Of the order, beside the state: the order list finds a link's uploads by one index."""
    position: Mapped[int]
    """1, 2, …: the suffix of the slip number from 2 on."""
    slip_number: Mapped[str]
    state: Mapped[str]
    """Of the outbound call; where there is none: not_connected, not_yen or dead."""
    reason: Mapped[str | None] = mapped_column(default=None)
    """Why it is not uploaded, in our words or NEXT ENGINE's."""
    cure: Mapped[str | None] = mapped_column(default=None)
    """What a person can do about it."""
    call_id: Mapped[UUID | None] = mapped_column(default=None)
    remote_id: Mapped[str | None] = mapped_column(default=None)
    waits_for_sign_in: Mapped[bool] = mapped_column(default=False)
    """Stopped because nobody was signed in at NEXT ENGINE; goes on by itself after a sign-in."""
    attempts: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
