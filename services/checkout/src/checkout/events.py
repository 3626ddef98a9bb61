"""The facts that checkout publishes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from common.delivery import Event
from common.money import Money


@dataclass(frozen=True, kw_only=True)
class OrderCompleted(Event):
    """Checkout accepted an order (D13). It carries everything its readers need.

    Read by: identity (moves the buyer), checkout (uploads), notifications (mails), links (counts).
    """

    name: ClassVar[str] = "checkout.order_completed.v1"
    subscribers: ClassVar[tuple[str, ...]] = ("identity", "checkout", "notifications", "links")
    order_id: UUID
    order_number: str
    checkout_id: UUID
    link_id: UUID | None
    """None: a Standard Order."""
    transition: bool
    session_id: UUID
    method: str
    operator: str | None
    user_id: UUID | None
    buyer: Mapping[str, Any]
    brand: Mapping[str, Any]
    catalog: Mapping[str, Any]
    language: str
    currency: str
    payment_method: str
    deposit_percent: str | None
    comment: str | None
    po_number: str | None
    lines: tuple[Mapping[str, Any], ...]
    goods: Money
    taxes: tuple[Mapping[str, Any], ...]
    shipping: Mapping[str, Any] | None
    total: Money
    address: Mapping[str, Any] | None
    recipients: tuple[str, ...]
    submitted_at: datetime
    completed_at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderAddressChanged(Event):
    """The brand added or corrected an order's address by hand (R111).

    Read by: checkout (uploads what waited for it, R184), notifications (webhooks).
    """

    name: ClassVar[str] = "checkout.order_address_changed.v1"
    subscribers: ClassVar[tuple[str, ...]] = ("checkout", "notifications")
    order_id: UUID
    order_number: str


@dataclass(frozen=True, kw_only=True)
class NextEngineUploadChanged(Event):
    """A slip's upload has another state. Read by: notifications (a mail when it needs a person)."""

    name: ClassVar[str] = "checkout.next_engine_upload_changed.v1"
    subscribers: ClassVar[tuple[str, ...]] = ("notifications",)
    order_id: UUID
    order_number: str
    slip_number: str
    state: str
    remote_id: str | None
    note: str | None
    brand: Mapping[str, Any]
    buyer_name: str


@dataclass(frozen=True, kw_only=True)
class PaymentRefunded(Event):
    """A card was charged for what could not be ordered any more; all of it was given back (D21).

    Read by: notifications (tells the buyer).
    """

    name: ClassVar[str] = "checkout.payment_refunded.v1"
    subscribers: ClassVar[tuple[str, ...]] = ("notifications",)
    checkout_id: UUID
    reason: str
    """paid_late, or amount_differs."""
    cause: str
    """What had happened: link_void, link_deleted, link_view_only, catalog_closed,
    catalog_deleted, grant_revoked, superseded, amount_differs."""
    amount: Money
    link_id: UUID | None
    buyer: Mapping[str, Any]
    brand: Mapping[str, Any]
    language: str
    recipients: tuple[str, ...]
    paid_at: datetime
    refunded_at: datetime
