"""Confirming by card: the payment is written down, then its page opened (R122, R123)."""

from collections.abc import Iterable

from checkout.deps import deps
from checkout.domain.confirmed import Confirmed
from checkout.flows.work_payment import work_payment
from checkout.store.models import Payment
from checkout.store.payments import get_payment
from checkout.usecases.begin_payment import begin_payment
from checkout.usecases.fulfil import receipt_of
from common.delivery.failpoints import failpoint
from common.places import way
from common.web.buyer import Visit


def begin_card(visit: Visit, confirmed: Confirmed, *, fencing: int) -> str:
    """Return the address that leads to the payment page.

    The answer stands once the payment is written: should Stripe not answer now, the page says so
    and asks again, and the worker does too.
    """
    location = f"{way('checkout', visit.token)}/payments/{confirmed.attempt_id}/page"
    with deps().database.transaction(visit.maker_id) as session:
        payment = begin_payment(
            session, confirmed, fencing=fencing, location=location, now=deps().now()
        )
    failpoint("payment.planned")
    work_payment(deps(), maker_id=payment.maker_id, payment_id=payment.id)
    return location


def paid_meanwhile(visit: Visit, pages: Iterable[Payment]) -> str | None:
    """Return the receipt if this cart was paid on one of its pages that were opened before.

    Without this look a buyer who paid, closed the window and ordered again would pay twice and be
    refunded once.
    """
    for page in pages:
        work_payment(deps(), maker_id=visit.maker_id, payment_id=page.id)
        with deps().database.transaction(visit.maker_id) as session:
            payment = get_payment(session, page.id)
        if payment.state == "placed" and payment.session_id == visit.claims.session_id:
            return receipt_of(payment, token=visit.token)
    return None
