"""See what became of an open payment page, and act on it (D21)."""

from uuid import UUID

from checkout.deps import Deps
from checkout.domain.card import stripe_amount
from checkout.domain.confirmed import Confirmed
from checkout.domain.frozen import thawed
from checkout.domain.late import NO_LINK, obstacle
from checkout.flows.give_back import give_back
from checkout.gateways.catalog import read_catalogs_now
from checkout.gateways.links import read_link_now
from checkout.gateways.stripe.client import StripeRefused, StripeUnknown
from checkout.gateways.stripe.pages import Page, expire_page, read_page
from checkout.store.models import Payment
from checkout.usecases.end_payment import end_unpaid, mark_closing
from checkout.usecases.fulfil import fulfil
from common.delivery import Accepted, Again, Done, Outcome
from common.delivery.failpoints import failpoint
from common.errors import Unavailable

LOOK_SECONDS = 20.0
"""Between looks at an open page: paid without webhook and return is noticed so soon."""


def look_at_page(deps: Deps, payment: Payment) -> Outcome:
    """Place or give back what was paid, end what has expired, close what must not be paid."""
    session_id = payment.stripe_session_id or ""
    try:
        page = read_page(deps.stripe, session_id, account_id=payment.account_id)
    except StripeUnknown:
        # What Stripe does not have cannot be paid there: the key was exchanged, or its mode.
        return _end(deps, payment)
    if page.is_paid:
        return _settle(deps, payment, page)
    if page.status == "expired":
        return _end(deps, payment)
    reason = payment.closing_reason or _obstacle_if_known(deps, payment)
    if reason is None:
        return Accepted(session_id, LOOK_SECONDS)
    return _close(deps, payment, reason=reason)


def obstacle_now(deps: Deps, payment: Payment) -> str | None:
    """Return why the orders cannot be placed any more, asked afresh. Raises Unavailable."""
    confirmed = thawed(Confirmed, payment.confirmed)
    ordered = [each.catalog_id for each in confirmed.quote.orders]
    link = NO_LINK
    if confirmed.link.link_id is not None:
        link = read_link_now(deps.peers, confirmed.link.token)
    catalogs = read_catalogs_now(
        deps.peers, ordered, brand_id=payment.brand_id, buyer_id=_buyer(confirmed)
    )
    return obstacle(link, catalogs, ordered=ordered)


def _settle(deps: Deps, payment: Payment, page: Page) -> Outcome:
    reason = payment.closing_reason or _wrong(payment, page) or obstacle_now(deps, payment)
    failpoint("payment.paid")
    with deps.database.transaction(payment.maker_id) as session:
        settled = fulfil(
            session,
            payment.id,
            payment_intent_id=page.payment_intent_id or "",
            obstacle=reason,
            now=deps.now(),
        )
    failpoint("payment.settled")
    if settled.state == "refunding":
        return give_back(deps, settled)
    return Done(page.payment_intent_id)


def _wrong(payment: Payment, page: Page) -> str | None:
    """Compare what was charged with what was agreed (R124)."""
    expected = (stripe_amount(payment.amount), payment.amount.currency, str(payment.id))
    is_right = (page.amount, page.currency, page.payment_id) == expected
    return None if is_right else "amount_differs"


def _end(deps: Deps, payment: Payment) -> Outcome:
    with deps.database.transaction(payment.maker_id) as session:
        end_unpaid(session, payment.id, state="expired")
    return Done(payment.stripe_session_id)


def _close(deps: Deps, payment: Payment, *, reason: str) -> Outcome:
    with deps.database.transaction(payment.maker_id) as session:
        mark_closing(session, payment.id, reason=reason)
    failpoint("payment.closing")
    try:
        expire_page(deps.stripe, payment.stripe_session_id or "", account_id=payment.account_id)
    except StripeRefused:
        return Again(0, "paid in the same moment")
    return _end(deps, payment)


def _obstacle_if_known(deps: Deps, payment: Payment) -> str | None:
    """Leave the page open while nobody can say; what is paid meanwhile waits for an answer."""
    try:
        return obstacle_now(deps, payment)
    except Unavailable:
        return None


def _buyer(confirmed: Confirmed) -> UUID:
    return confirmed.buyer.buyer_id
