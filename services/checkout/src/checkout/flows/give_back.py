"""Refund in full what was paid for nothing, once (D21, K16)."""

from checkout.deps import Deps
from checkout.gateways.stripe.client import StripeFailureKept, StripeRefused
from checkout.gateways.stripe.refunds import Refund, find_refund, refund_all
from checkout.store.models import Payment
from checkout.usecases.end_payment import end_refunded, note_refund_trouble, take_next_key
from common.delivery import Accepted, Again, Done, Outcome
from common.delivery.failpoints import failpoint

PENDING_SECONDS = 60.0
TROUBLE_SECONDS = 300.0


def give_back(deps: Deps, payment: Payment) -> Outcome:
    """Look for our refund, else make it. Also after the add-on has ended (R121)."""
    try:
        refund = _found(deps, payment) or _made(deps, payment)
    except StripeFailureKept as failed:
        with deps.database.transaction(payment.maker_id) as session:
            take_next_key(session, payment.id, failed=payment.keys)
        return Again(0, str(failed))
    except StripeRefused as refused:
        return _put_off(deps, payment, str(refused))
    failpoint("payment.refunded")
    if refund.status == "pending":
        return Accepted(refund.refund_id, PENDING_SECONDS)
    if refund.status != "succeeded":
        return _put_off(deps, payment, f"The refund is {refund.status}.")
    with deps.database.transaction(payment.maker_id) as session:
        end_refunded(session, payment.id, refund_id=refund.refund_id, now=deps.now())
    return Done(refund.refund_id)


def _put_off(deps: Deps, payment: Payment, words: str) -> Outcome:
    """Show why the money is still here, and try again: it is not ours to keep."""
    with deps.database.transaction(payment.maker_id) as session:
        note_refund_trouble(session, payment.id, words=words)
    return Again(TROUBLE_SECONDS, words)


def _found(deps: Deps, payment: Payment) -> Refund | None:
    return find_refund(
        deps.stripe,
        payment.payment_intent_id or "",
        payment_id=payment.id,
        account_id=payment.account_id,
    )


def _made(deps: Deps, payment: Payment) -> Refund:
    return refund_all(
        deps.stripe,
        payment.payment_intent_id or "",
        payment_id=payment.id,
        account_id=payment.account_id,
        key=f"refund-{payment.id}-{payment.keys}",
    )
