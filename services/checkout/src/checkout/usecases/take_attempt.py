"""Take an attempt and its cart, row-locked, for whoever places or begins a payment (K15)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from checkout.domain.attempt import AttemptInFlight, CartChanged
from checkout.domain.confirmed import Confirmed
from checkout.store.carts import lock_cart
from checkout.store.holding import HeldAttempt, HeldCart, hold
from checkout.store.payments import close_pages, list_open_of_cart
from common.together import Asked


@dataclass(frozen=True, slots=True)
class Taken:
    """Attempt and cart, locked as they were judged, and what was counted beside them."""

    attempt: HeldAttempt
    cart: HeldCart
    number: int | None


def take_attempt(
    session: Session, confirmed: Confirmed, *, fencing: int, count: Asked | None = None
) -> Taken:
    """Return attempt and cart; a payment page that is open for the cart is closed: it is ordered once.

    Raises AttemptInFlight when another request has taken the attempt over, CartChanged when the
    cart is not the one that was judged.
    """
    link = confirmed.link
    held = hold(
        session,
        confirmed.attempt_id,
        fencing=fencing,
        buyer_id=confirmed.buyer.buyer_id,
        link_id=link.link_id,
        catalog_id=link.single_catalog_id,
        count=count,
    )
    if held.attempt is None:
        raise AttemptInFlight("This order is being placed already.", retry_after=2)
    if held.cart is None or held.cart.version != confirmed.cart_version:
        raise CartChanged("The cart was changed meanwhile. Please look at it once more.")
    if held.has_open_pages:
        close_pages(session, list_open_of_cart(session, held.cart.id), reason="superseded")
    return Taken(held.attempt, held.cart, held.number)


def hold_cart_of(session: Session, confirmed: Confirmed) -> HeldCart:
    """Return the cart, made if there is none, row-locked until commit."""
    link = confirmed.link
    cart = lock_cart(
        session,
        catalog_id=link.single_catalog_id,
        maker_id=link.maker_id,
        brand_id=link.brand_id,
        buyer_id=confirmed.buyer.buyer_id,
        link_id=link.link_id,
    )
    return HeldCart(id=cart.id, version=cart.version)
