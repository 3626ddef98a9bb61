"""The card was charged: place the orders once, or have the money given back (R122, R123, D21)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.counts import PAYMENTS
from checkout.domain.confirmed import Confirmed
from checkout.domain.frozen import thawed
from checkout.store.attempts import hold_paying_attempt
from checkout.store.models import Payment
from checkout.store.payments import get_payment, lock_payment
from checkout.usecases.place_orders import place_when_paid
from checkout.usecases.take_attempt import hold_cart_of
from common.places import way
from common.watching.committed import count_after_commit


def fulfil(
    session: Session,
    payment_id: UUID,
    *,
    payment_intent_id: str,
    obstacle: str | None,
    now: datetime,
) -> Payment:
    """Return the payment, placed or refunding. Webhook, return page and watch all end here.

    Repeating changes nothing. `obstacle`: why nothing can be ordered any more, asked just now.
    """
    confirmed = thawed(Confirmed, get_payment(session, payment_id).confirmed)
    # The cart first, then the payment: as placing does, so that the two never wait in a circle.
    cart = hold_cart_of(session, confirmed)
    payment = lock_payment(session, payment_id)
    if payment.state not in ("opening", "open"):
        return payment
    payment.payment_intent_id, payment.paid_at = payment_intent_id, now
    payment.closing_reason = payment.closing_reason or obstacle
    attempt = hold_paying_attempt(session, payment.id)
    if payment.closing_reason is not None or attempt is None:
        payment.state = "refunding"
    else:
        location = receipt_of(payment, token=confirmed.link.token)
        place_when_paid(session, confirmed, attempt=attempt, cart=cart, location=location, now=now)
        payment.state = "placed"
    count_after_commit(session, PAYMENTS.labels(payment.state))
    session.flush()
    return payment


def receipt_of(payment: Payment, *, token: str) -> str:
    """Return where the orders of a payment are shown."""
    return f"{way('checkout', token)}/receipts/{payment.id}"
