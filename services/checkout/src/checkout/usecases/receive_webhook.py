"""Keep a verified webhook and plan its work; the work itself comes after the answer (K16)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from checkout.store.models import StripeEvent
from checkout.store.payments import find_payment
from checkout.store.stripe import keep_event
from common.delivery import plan_call

WEBHOOK = "stripe_webhook"
NAMESPACE = UUID("01930000-0000-7000-8000-57121fe00000")


def receive_webhook(
    session: Session, event: Mapping[str, Any], *, body: str, maker_id: UUID
) -> bool:
    """Store the event of a maker's account and plan its work once; return whether it was new.

    Nothing in it is believed beyond which payment or account to look at.
    """
    account_id = str(event["account"])
    payment_id = _payment_of(session, event, account_id=account_id)
    kept = StripeEvent(
        id=str(event["id"]),
        maker_id=maker_id,
        account_id=account_id,
        type=str(event["type"]),
        payment_id=payment_id,
        body=body,
    )
    if not keep_event(session, kept):
        return False
    if payment_id is not None or kept.type == "account.updated":
        plan_call(
            session,
            event_id=uuid5(NAMESPACE, kept.id),
            kind=WEBHOOK,
            recipient=account_id,
            payload={
                "payment_id": str(payment_id) if payment_id else None,
                "account_id": account_id,
            },
            maker_id=maker_id,
        )
    return True


def _payment_of(session: Session, event: Mapping[str, Any], *, account_id: str) -> UUID | None:
    """Return our payment that the event's object names, if it is one of this account."""
    about = event.get("data", {}).get("object", {})
    named = (about.get("metadata") or {}).get("payment_id", "")
    try:
        payment = find_payment(session, UUID(str(named)))
    except ValueError:
        return None
    is_ours = payment is not None and payment.account_id == account_id
    return payment.id if payment is not None and is_ours else None
