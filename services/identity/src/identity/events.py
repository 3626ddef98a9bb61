"""The events that identity publishes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from common.delivery import Event


@dataclass(frozen=True, kw_only=True)
class TransitionChanged(Event):
    """What an order's completion meant for its buyer, or what came of it later.

    Read by: checkout (the order's ledger), notifications (webhooks).
    """

    name: ClassVar[str] = "identity.transition_changed.v1"
    subscribers: ClassVar[tuple[str, ...]] = ("checkout", "notifications")

    order_id: UUID
    buyer_id: UUID
    outcome: str
    """moved, already_moved, not_asked_for, not_offline; later claim_sent (again), undone, claimed."""
    organisation_id: UUID | None
    claim: Mapping[str, Any] | None
    """{"state": "sent" | "no_address" | "claimed" | "ended", "email", "email_masked"}."""
    note: str | None


@dataclass(frozen=True, kw_only=True)
class MailRequested(Event):
    """Somebody is to get a mail with a secret in it. Read by: notifications, which asks for it."""

    name: ClassVar[str] = "identity.mail_requested.v1"
    subscribers: ClassVar[tuple[str, ...]] = ("notifications",)

    reference_id: UUID
    kind: str
    recipient: str
    language: str
    time_zone: str
    values: Mapping[str, Any]
    order_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class BuyerSignedIn(Event):
    """Somebody signed in on a link as a buyer. Read by: links (statistics)."""

    name: ClassVar[str] = "identity.buyer_signed_in.v1"
    subscribers: ClassVar[tuple[str, ...]] = ("links",)

    session_id: UUID
    link_id: UUID
    buyer_id: UUID
    method: str
