"""Keep a verified webhook and plan its work; the work itself comes after the answer (K16)."""

from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from checkout.gateways.stripe.webhooks import Notice
from checkout.store.models import StripeEvent
from checkout.store.payments import find_payment
from checkout.store.stripe import keep_event
from common.delivery import plan_call

WEBHOOK = "stripe_webhook"
NAMESPACE = UUID("01930000-0000-7000-8000-57121fe00000")


def receive_webhook(session: Session, notice: Notice, *, body: str, maker_id: UUID) -> bool:
    """Store the event of a maker's account and plan its work once; return whether it was new.

    Nothing in it is believed beyond which payment or account to look at.
    """
    payment_id = _own_payment(session, notice)
    kept = StripeEvent(
        id=notice.event_id,
        maker_id=maker_id,
        account_id=notice.account_id,
        type=notice.type,
        payment_id=payment_id,
        body=body,
    )
    if not keep_event(session, kept):
        return False
    if payment_id is not None or notice.type == "account.updated":
        plan_call(
            session,
            event_id=uuid5(NAMESPACE, notice.event_id),
            kind=WEBHOOK,
            recipient=notice.account_id,
            payload={
                "payment_id": str(payment_id) if payment_id else None,
                "account_id": notice.account_id,
            },
            maker_id=maker_id,
        )
    return True


def _own_payment(session: Session, notice: Notice) -> UUID | None:
    """Return our payment that the notice names, if it was made on that account."""
    if notice.payment_id is None:
        return None
    payment = find_payment(session, notice.payment_id)
    is_own = payment is not None and payment.account_id == notice.account_id
    return notice.payment_id if is_own else None
