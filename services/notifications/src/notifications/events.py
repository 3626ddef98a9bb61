"""The events that notifications publishes."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from common.delivery import Event


@dataclass(frozen=True, kw_only=True)
class MessageChanged(Event):
    """A mail is waiting, sent, in doubt or failed. Read by: checkout (the order's ledger)."""

    name: ClassVar[str] = "notifications.message_changed.v1"
    subscribers: ClassVar[tuple[str, ...]] = ("checkout",)

    message_id: UUID
    order_id: UUID | None
    kind: str
    recipient: str | None
    """For the brand's staff, who see it here as well; None of the maker's own mails."""
    recipient_masked: str
    state: str
    attempts: int
    note: str | None
    changed_at: datetime
