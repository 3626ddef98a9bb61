"""Carts and what a checkout was shown and asked to do."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id


class Cart(TenantRow, Base, kw_only=True):
    """One per buyer and link, or per buyer and catalog for Standard Orders (R88).

    Everyone signed in as that buyer there shares it.
    """

    __tablename__ = "carts"
    __table_args__ = (
        UniqueConstraint("buyer_id", "link_id"),
        UniqueConstraint("buyer_id", "catalog_id"),
        CheckConstraint("(link_id is null) <> (catalog_id is null)", name="of_link_or_catalog"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    buyer_id: Mapped[UUID]
    """A buyer of `identity`; the link is one of `links`: other services' rows, no foreign keys."""
    link_id: Mapped[UUID | None]
    catalog_id: Mapped[UUID | None] = mapped_column(default=None)
    """Of a Standard Order, which has no link."""
    version: Mapped[int] = mapped_column(default=0)
    """Only counts up, with every change of a line and every order."""
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class CartLine(TenantRow, Base, kw_only=True):
    """So many of a SKU out of a catalog; the last writer of a cell wins."""

    __tablename__ = "cart_lines"
    __table_args__ = (
        CheckConstraint("quantity between 1 and 99999", name="quantity_in_range"),
        CheckConstraint("length(note) <= 200", name="note_short"),
    )

    cart_id: Mapped[UUID] = mapped_column(ForeignKey("carts.id"), primary_key=True)
    catalog_id: Mapped[UUID] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID] = mapped_column(primary_key=True)
    quantity: Mapped[int]
    desired_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    added_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class QuoteRow(TenantRow, Base, kw_only=True):
    """A breakdown as somebody saw it; never changed. Its hash says whether it still holds."""

    __tablename__ = "quotes"
    __table_args__ = (UniqueConstraint("cart_id", "hash"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    cart_id: Mapped[UUID] = mapped_column(ForeignKey("carts.id"))
    hash: Mapped[str]
    breakdown: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class CheckoutAttempt(TenantRow, Base, kw_only=True):
    """One pressing of "Place order": its id is the idempotency key and the checkout's id (K15)."""

    __tablename__ = "checkout_attempts"
    __table_args__ = (
        CheckConstraint("state in ('in_flight', 'paying', 'placed')", name="state_known"),
        CheckConstraint("(state <> 'in_flight') = (answer is not null)", name="ended_has_answer"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    brand_id: Mapped[UUID]
    buyer_id: Mapped[UUID]
    link_id: Mapped[UUID | None]
    session_id: Mapped[UUID] = mapped_column(index=True)
    cart_id: Mapped[UUID] = mapped_column(ForeignKey("carts.id"))
    cart_version: Mapped[int]
    quote_hash: Mapped[str]
    content_hash: Mapped[str]
    """Of everything the form said: other content under the same key is refused (422)."""
    state: Mapped[str] = mapped_column(default="in_flight")
    """paying: answered with a payment page; it becomes placed when that is paid."""
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    fencing: Mapped[int] = mapped_column(default=1)
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), default=None)
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the confirm request arrived: the instant against which dates are judged (D21)."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
