"""Refunds of a connected account."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from stripe import StripeClient

from checkout.gateways.stripe.client import on, translated


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    refund_id: str
    status: str


def refund_all(
    client: StripeClient, payment_intent_id: str, *, payment_id: UUID, account_id: str, key: str
) -> Refund:
    """Give the whole charge back."""
    params: Any = {
        "payment_intent": payment_intent_id,
        "metadata": {"payment_id": str(payment_id)},
    }
    with translated():
        made = client.v1.refunds.create(params, on(account_id, key))
    return Refund(refund_id=made.id, status=made.status or "pending")


def find_refund(
    client: StripeClient, payment_intent_id: str, *, payment_id: UUID, account_id: str
) -> Refund | None:
    """Look our refund up by what we wrote on it; None when there is none that lives."""
    with translated():
        found = client.v1.refunds.list({"payment_intent": payment_intent_id}, on(account_id))
    for each in found.data:
        metadata = each.metadata.to_dict() if each.metadata else {}
        is_ours = metadata.get("payment_id") == str(payment_id)
        if is_ours and each.status not in ("failed", "canceled"):
            return Refund(refund_id=each.id, status=each.status or "pending")
    return None
