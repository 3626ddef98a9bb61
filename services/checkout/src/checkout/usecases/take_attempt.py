"""Take an attempt and its cart, row-locked, for whoever places or begins a payment (K15)."""

from sqlalchemy.orm import Session

from checkout.domain.attempt import AttemptInFlight, CartChanged
from checkout.domain.confirmed import Confirmed
from checkout.store.attempts import Held, hold_attempt
from checkout.store.carts import HeldCart, hold_cart


def take_attempt(session: Session, confirmed: Confirmed, *, fencing: int) -> tuple[Held, HeldCart]:
    """Return attempt and cart, row-locked, as they were judged.

    Raises AttemptInFlight when another request has taken the attempt over, CartChanged when the
    cart is not the one that was judged.
    """
    attempt = hold_attempt(session, confirmed.attempt_id, fencing=fencing)
    if attempt is None:
        raise AttemptInFlight("This order is being placed already.", retry_after=2)
    cart = hold_cart_of(session, confirmed)
    if cart.version != confirmed.cart_version:
        raise CartChanged("The cart was changed meanwhile. Please look at it once more.")
    return attempt, cart


def hold_cart_of(session: Session, confirmed: Confirmed) -> HeldCart:
    link = confirmed.link
    return hold_cart(
        session,
        catalog_id=link.single_catalog_id,
        maker_id=link.maker_id,
        brand_id=link.brand_id,
        buyer_id=confirmed.buyer.buyer_id,
        link_id=link.link_id,
    )
