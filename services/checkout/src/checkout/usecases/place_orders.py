"""Place the orders of one checkout: one per catalog, all or none (D18, K15)."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from checkout.counts import ORDERS
from checkout.domain.breakdown import quote_as_json
from checkout.domain.confirmed import Confirmed
from checkout.domain.quote import OrderQuote
from checkout.store.attempts import Held, finish_attempt
from checkout.store.cart_emptying import empty_cart, take_out
from checkout.store.carts import HeldCart
from checkout.store.models import Order
from checkout.store.order_writing import write_order
from checkout.store.orders import next_order_numbers
from checkout.store.payments import close_pages, list_open_of_cart
from checkout.usecases.order_completed import order_completed
from checkout.usecases.order_row import order_row
from checkout.usecases.take_attempt import take_attempt
from common.delivery import publish
from common.watching.committed import count_after_commit


def place_at_once(
    session: Session, confirmed: Confirmed, *, fencing: int, location: str, now: datetime
) -> list[Order]:
    """Place what was just judged. Raises AttemptInFlight, CartChanged as take_attempt does.

    A payment page that is open for the same cart is closed: the cart is ordered once.
    """
    attempt, cart = take_attempt(session, confirmed, fencing=fencing)
    close_pages(session, list_open_of_cart(session, cart.id), reason="superseded")
    return place_orders(session, confirmed, attempt=attempt, cart=cart, location=location, now=now)


def place_orders(
    session: Session,
    confirmed: Confirmed,
    *,
    attempt: Held,
    cart: HeldCart,
    location: str,
    now: datetime,
) -> list[Order]:
    """Write the orders, their events and the attempt's answer, and take them out of the cart.

    The one way for both methods: at once (D13), or when the card was charged (R122).
    """
    link, brand = confirmed.link, confirmed.brand
    numbers = next_order_numbers(
        session,
        maker_id=link.maker_id,
        brand_id=link.brand_id,
        prefix=brand.code,
        count=len(confirmed.quote.orders),
    )
    snapshots = quote_as_json(confirmed.quote)["orders"]
    orders = [
        _place(session, confirmed, part, snapshot, number=number, now=now)
        for part, snapshot, number in zip(confirmed.quote.orders, snapshots, numbers, strict=True)
    ]
    if cart.version == confirmed.cart_version:
        empty_cart(session, cart.id)
    else:
        take_out(session, cart.id, [line for part in confirmed.quote.orders for line in part.lines])
    count_after_commit(session, ORDERS.labels(confirmed.payment_method), len(orders))
    finish_attempt(
        session, attempt, state="placed", location=location, submitted_at=confirmed.submitted_at
    )
    return orders


def _place(
    session: Session,
    confirmed: Confirmed,
    part: OrderQuote,
    snapshot: dict[str, Any],
    *,
    number: str,
    now: datetime,
) -> Order:
    order = order_row(confirmed, part, snapshot, number=number, now=now)
    order.completed_event_id = publish(session, order_completed(order), occurred_at=now)
    write_order(session, order, part.lines)
    return order
