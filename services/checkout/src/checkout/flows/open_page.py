"""Ask Stripe for the payment page, under a key that makes every repeat the same page (K16)."""

from checkout.deps import Deps
from checkout.domain.card import is_chargeable, stripe_amount
from checkout.domain.confirmed import Confirmed
from checkout.domain.frozen import thawed
from checkout.gateways.stripe.client import StripeFailureKept, StripeRefused
from checkout.gateways.stripe.pages import PageWish, create_page
from checkout.store.models import Payment
from checkout.usecases.end_payment import end_unpaid, store_page, take_next_key
from common.delivery import Accepted, Again, Done, Outcome
from common.delivery.failpoints import failpoint
from common.places import way

FIRST_LOOK_SECONDS = 20.0


def open_page(deps: Deps, payment: Payment) -> Outcome:
    """Store the page's address. A page whose answer was lost is nobody's: it cannot be paid."""
    wish = page_wish(payment, public_url=deps.settings.public_url)
    key = f"payment-{payment.id}-{payment.keys}"
    try:
        page = create_page(deps.stripe, wish, account_id=payment.account_id, key=key)
    except StripeFailureKept as failed:
        with deps.database.transaction(payment.maker_id) as session:
            take_next_key(session, payment.id, failed=payment.keys)
        return Again(0, str(failed))
    except StripeRefused as refused:
        with deps.database.transaction(payment.maker_id) as session:
            end_unpaid(session, payment.id, state="failed", note=str(refused))
        return Done(note=str(refused))
    failpoint("payment.opened")
    with deps.database.transaction(payment.maker_id) as session:
        store_page(session, payment.id, stripe_session_id=page.session_id, url=page.url or "")
    failpoint("payment.page_stored")
    return Accepted(page.session_id, FIRST_LOOK_SECONDS)


def page_wish(payment: Payment, *, public_url: str) -> PageWish:
    """Return what the page is made of, out of what was frozen: one item per order (R124)."""
    confirmed = thawed(Confirmed, payment.confirmed)
    home = f"{public_url}{way('checkout', confirmed.link.token)}"
    return PageWish(
        payment_id=payment.id,
        items=_items(confirmed),
        currency=payment.amount.currency,
        success_url=f"{home}/payments/{payment.id}",
        cancel_url=f"{home}?payment=left",
        expires_at=payment.expires_at,
        language=confirmed.buyer.terms.language,
    )


def _items(confirmed: Confirmed) -> tuple[tuple[str, int], ...]:
    """Return one item per order, or one for all where an order alone is no amount for Stripe."""
    orders, brand = confirmed.quote.orders, confirmed.brand.name
    if all(is_chargeable(each.total) for each in orders):
        return tuple((f"{brand} · {o.catalog_name}", stripe_amount(o.total)) for o in orders)
    return ((brand, stripe_amount(confirmed.quote.total)),)
