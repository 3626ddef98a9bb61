"""Webhooks: whether Stripe signed them, and which payment or account they are about."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import stripe

TOLERANCE_SECONDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """All that is taken from an event: what to look at. `payment_id` as its metadata names it."""

    event_id: str
    type: str
    account_id: str
    payment_id: UUID | None


def verified_notice(body: bytes, header: str, *, secret: str) -> Notice | None:
    """Return the notice if Stripe signed it within the last 300 s and it is an event, else None."""
    if not secret:
        return None
    try:
        stripe.WebhookSignature.verify_header(body, header, secret, tolerance=TOLERANCE_SECONDS)
        event = json.loads(body)
    except (stripe.SignatureVerificationError, ValueError):
        return None
    return _notice(event) if isinstance(event, dict) else None


def _notice(event: dict[str, Any]) -> Notice | None:
    event_id, type_ = event.get("id"), event.get("type")
    if not isinstance(event_id, str) or not isinstance(type_, str):
        return None
    account = event.get("account")
    return Notice(
        event_id=event_id,
        type=type_,
        account_id=account if isinstance(account, str) else "",
        payment_id=_payment(event),
    )


def _payment(event: Any) -> UUID | None:
    for part in ("data", "object", "metadata", "payment_id"):
        event = event.get(part) if isinstance(event, dict) else None
    try:
        return UUID(event) if isinstance(event, str) else None
    except ValueError:
        return None
