"""What becomes of a payment besides orders: no page, never paid, closed, given back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.domain.confirmed import Confirmed
from checkout.domain.frozen import thawed
from checkout.events import PaymentRefunded
from checkout.store.models import Payment
from checkout.store.payments import lock_payment
from common.delivery import publish


def store_page(session: Session, payment_id: UUID, *, stripe_session_id: str, url: str) -> Payment:
    """Keep the page that Stripe made. Repeating changes nothing."""
    payment = lock_payment(session, payment_id)
    if payment.state == "opening":
        payment.state, payment.page_url = "open", url
        payment.stripe_session_id = stripe_session_id
    return payment


def take_next_key(session: Session, payment_id: UUID, *, failed: int) -> None:
    """Use another idempotency key from now on, if `failed` is still the one in use."""
    payment = lock_payment(session, payment_id)
    if payment.keys == failed:
        payment.keys += 1


def mark_closing(session: Session, payment_id: UUID, *, reason: str) -> Payment:
    """Note why the page must be closed; the first reason stays."""
    payment = lock_payment(session, payment_id)
    if payment.state in ("opening", "open") and payment.closing_reason is None:
        payment.closing_reason = reason
    return payment


def end_unpaid(
    session: Session, payment_id: UUID, *, state: str, note: str | None = None
) -> Payment:
    """End a payment of which nothing was charged: expired, or failed to get a page (R122)."""
    payment = lock_payment(session, payment_id)
    if payment.state in ("opening", "open"):
        payment.state, payment.note = state, note
    return payment


def end_refunded(session: Session, payment_id: UUID, *, refund_id: str, now: datetime) -> Payment:
    """Note that all of it was given back, and tell. Repeating changes nothing."""
    payment = lock_payment(session, payment_id)
    if payment.state != "refunding":
        return payment
    payment.state, payment.refund_id, payment.refunded_at = "refunded", refund_id, now
    payment.note = None
    publish(session, _refunded(payment, now=now), occurred_at=now)
    return payment


def note_refund_trouble(session: Session, payment_id: UUID, *, words: str) -> None:
    """Keep why the money could not be given back yet, for the brand to see."""
    payment = lock_payment(session, payment_id)
    if payment.state == "refunding":
        payment.note = words


def _refunded(payment: Payment, *, now: datetime) -> PaymentRefunded:
    confirmed = thawed(Confirmed, payment.confirmed)
    cause = payment.closing_reason or "paid_late"
    return PaymentRefunded(
        maker_id=payment.maker_id,
        brand_id=payment.brand_id,
        aggregate_id=payment.id,
        checkout_id=payment.id,
        reason="amount_differs" if cause == "amount_differs" else "paid_late",
        cause=cause,
        amount=payment.amount,
        link_id=payment.link_id,
        buyer={"buyer_id": str(confirmed.buyer.buyer_id), "name": confirmed.buyer.name},
        brand={"name": confirmed.brand.name, "time_zone": confirmed.brand.time_zone},
        language=confirmed.buyer.terms.language,
        recipients=confirmed.buyer.recipients,
        paid_at=payment.paid_at or now,
        refunded_at=now,
    )
