"""The next step of a card payment, whoever starts it: request, webhook, return page or watch."""

from uuid import UUID

from checkout.deps import Deps
from checkout.flows.give_back import give_back
from checkout.flows.look_at_page import look_at_page
from checkout.flows.open_page import open_page
from checkout.gateways.stripe.client import StripeAway, StripeRefused
from checkout.store.models import Payment
from checkout.store.payments import get_payment
from common.delivery import Again, Done, Outcome
from common.errors import Refusal

SOON, LATER = 5.0, 300.0


def work_payment(deps: Deps, *, maker_id: UUID, payment_id: UUID) -> Outcome:
    """Open the page, look at it, or give the money back; then say when to look again.

    Harmless to repeat and to run twice at once: Stripe knows our keys, and what is stored is
    decided under the row's lock.
    """
    with deps.database.transaction(maker_id) as session:
        payment = get_payment(session, payment_id)
    try:
        return _step(deps, payment)
    except StripeAway as away:
        return Again(SOON, str(away))
    except StripeRefused as refused:
        return Again(LATER, str(refused))
    except Refusal as refusal:
        return Again(SOON, f"another service: {refusal.code}")


def _step(deps: Deps, payment: Payment) -> Outcome:
    match payment.state:
        case "opening":
            return open_page(deps, payment)
        case "open":
            return look_at_page(deps, payment)
        case "refunding":
            return give_back(deps, payment)
        case _:
            return Done(payment.payment_intent_id)
