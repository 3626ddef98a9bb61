"""Write a card payment down before Stripe hears of it: its page is made once, whatever dies."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.domain.card import stripe_amount
from checkout.domain.confirmed import Confirmed
from checkout.domain.frozen import frozen
from checkout.store.attempts import finish_attempt
from checkout.store.brands import card_settings, enter_brand
from checkout.store.models import Payment
from checkout.store.payments import add_payment
from checkout.usecases.take_attempt import take_attempt
from common.delivery import plan_call
from common.errors import Conflict

WATCH = "card_payment"
LIFETIME = timedelta(minutes=30)
"""Of a payment page (D21)."""
ON_THE_WAY = timedelta(minutes=1)
"""Stripe counts its least 30 minutes from when it hears of the page, a little after us."""
HANDS_OFF_SECONDS = 15.0
"""So long the request opens the page itself before the worker would."""


class CardNotOffered(Conflict):
    """The brand can take no cards now (R113, R119)."""

    code = "card_not_offered"
    rule = "R113"


def begin_payment(
    session: Session, confirmed: Confirmed, *, fencing: int, location: str, now: datetime
) -> Payment:
    """Keep the payment with all that its orders need; answer every repeat with `location`.

    A page that is open for the same cart is closed. Raises AttemptInFlight, CartChanged,
    CardNotOffered, NotChargeable.
    """
    taken = take_attempt(session, confirmed, fencing=fencing)
    card = card_settings(session, brand_id=confirmed.link.brand_id)
    if not card.can_take_cards or card.account_id is None:
        raise CardNotOffered("Card payment is not offered at the moment.")
    stripe_amount(confirmed.quote.total)
    enter_brand(session, brand_id=confirmed.link.brand_id, maker_id=confirmed.link.maker_id)
    payment = _payment(confirmed, cart_id=taken.cart.id, account_id=card.account_id, now=now)
    add_payment(session, payment)
    payment.call_id = _planned_watch(session, payment)
    finish_attempt(
        session,
        taken.attempt,
        state="paying",
        location=location,
        submitted_at=confirmed.submitted_at,
    )
    return payment


def _payment(confirmed: Confirmed, *, cart_id: UUID, account_id: str, now: datetime) -> Payment:
    return Payment(
        id=confirmed.attempt_id,
        maker_id=confirmed.link.maker_id,
        brand_id=confirmed.link.brand_id,
        link_id=confirmed.link.link_id,
        cart_id=cart_id,
        session_id=confirmed.actor.session_id,
        buyer_name=confirmed.buyer.name,
        account_id=account_id,
        amount=confirmed.quote.total,
        confirmed=frozen(confirmed),
        submitted_at=confirmed.submitted_at,
        expires_at=now + LIFETIME + ON_THE_WAY,
    )


def _planned_watch(session: Session, payment: Payment) -> UUID:
    return plan_call(
        session,
        event_id=payment.id,
        kind=WATCH,
        recipient=payment.account_id,
        payload={"payment_id": str(payment.id)},
        maker_id=payment.maker_id,
        after=HANDS_OFF_SECONDS,
    )
