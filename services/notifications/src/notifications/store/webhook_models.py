"""The tables of webhooks. A secret is in none of them: it is made from the endpoint's id."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import FetchedValue, ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base, TenantRow
from common.ids import new_id


class WebhookEndpoint(TenantRow, Base, kw_only=True):
    """An address of the brand that wants to be told."""

    __tablename__ = "webhook_endpoints"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    brand_name: Mapped[str]
    time_zone: Mapped[str]
    url: Mapped[str]
    types: Mapped[list[str]]
    """What it wants to hear of."""
    secret_version: Mapped[int] = mapped_column(default=1, server_default="1")
    paused_at: Mapped[datetime | None] = mapped_column(default=None)
    pause_reason: Mapped[str | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None


class WebhookEvent(TenantRow, Base, kw_only=True):
    """A public fact about an order; kept for thirty days, so that it can be told again."""

    __tablename__ = "webhook_events"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    brand_id: Mapped[UUID]
    order_id: Mapped[UUID]
    producer: Mapped[str]
    producer_seq: Mapped[int]
    type: Mapped[str]
    sequence: Mapped[int]
    """1, 2, 3… within the order, without a gap."""
    occurred_at: Mapped[datetime]
    data: Mapped[dict[str, Any]]


class WebhookDelivery(TenantRow, Base, kw_only=True):
    """One telling of one fact to one endpoint; of an order's, only the first unfinished is sent."""

    __tablename__ = "webhook_deliveries"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    brand_id: Mapped[UUID]
    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey(WebhookEndpoint.id))
    event_id: Mapped[UUID]
    """The id that the receiver sees; the same however often it is told."""
    order_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(FetchedValue(), init=False)
    reason: Mapped[str]
    """event, replay or test."""
    type: Mapped[str]
    sequence: Mapped[int]
    body: Mapped[str]
    call_id: Mapped[UUID | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default="waiting", server_default="waiting")
    """waiting: behind an earlier one; then as its outbound call; skipped by a person."""
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    note: Mapped[str | None] = mapped_column(default=None)
    request: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    answer: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
