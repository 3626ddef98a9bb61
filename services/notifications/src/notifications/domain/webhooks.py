"""What is told to a brand's own systems, in which shape and in which order."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

KEPT = timedelta(days=30)
PATIENCE = timedelta(minutes=10)
"""How long an event waits for an earlier one of its order that has not come."""
LEAP = 10_000
"""By which numbers leap when their producer is put back to a backup (`common.backup.restoring`)."""
TYPES: Mapping[str, str] = {
    "checkout.order_completed.v1": "order.completed",
    "checkout.order_address_changed.v1": "order.address_changed",
    "checkout.next_engine_upload_changed.v1": "order.upload_changed",
    "identity.transition_changed.v1": "order.transition_changed",
}
"""Our events by name, and what they are called outside."""
PRIVATE = frozenset({"session_id", "user_id", "link_id", "transition", "brand"})
"""Of no use outside, or a key to something inside; the rest of a payload is the brand's own."""


def public_data(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of an event's payload the brand is told."""
    return {name: value for name, value in payload.items() if name not in PRIVATE}


def body_of(
    *,
    event_id: UUID,
    type: str,
    occurred_at: datetime,
    order_id: UUID,
    sequence: int,
    data: Mapping[str, Any],
) -> str:
    """Return the exact text that is sent and signed, the same at every attempt.

    Source: Standard Webhooks 1.0, "Payload structure": type, timestamp, data.
    """
    told = {
        "type": type,
        "timestamp": occurred_at.isoformat(),
        "id": str(event_id),
        "order_id": str(order_id),
        "sequence": sequence,
        "data": dict(data),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def must_wait(
    *, producer: str, seq: int, newest: Mapping[str, int], occurred_at: datetime, now: datetime
) -> bool:
    """Whether an earlier event of the order is still under way. `newest`: by producer, what is in.

    checkout's events of an order are counted 1, 2, 3…; identity's follow the order's completion.
    An event that never comes (it happened before anybody listened) holds nothing up for ever. A
    producer that was put back to a backup goes on after the numbers it remembers, a leap higher:
    what it forgot is in here already, so that its next number is less than a leap away.
    """
    if now - occurred_at > PATIENCE:
        return False
    if producer != "checkout" and "checkout" not in newest:
        return True
    seen = newest.get(producer, 0)
    return seq > seen and (seq - 1) % LEAP > seen % LEAP
