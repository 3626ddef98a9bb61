"""Webhooks: whether Stripe signed them."""

import json
from collections.abc import Mapping
from typing import Any

import stripe

TOLERANCE_SECONDS = 300


def verified_event(body: bytes, header: str, *, secret: str) -> Mapping[str, Any] | None:
    """Return the webhook's event if Stripe signed it within the last 300 s, else None."""
    if not secret:
        return None
    try:
        stripe.WebhookSignature.verify_header(body, header, secret, tolerance=TOLERANCE_SECONDS)
        event = json.loads(body)
    except (stripe.SignatureVerificationError, ValueError):
        return None
    return event if isinstance(event, dict) else None
