"""Place the orders of one checkout: one per catalog, all or none (D18, K15)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from checkout.counts import ORDERS
from checkout.domain.breakdown import quote_as_json
from checkout.domain.confirmed import Confirmed
from checkout.domain.quote import OrderQuote
from checkout.store.attempts import finish_attempt
from checkout.store.cart_emptying import empty_cart, take_out
from checkout.store.holding import HeldAttempt, HeldCart
from checkout.store.models import Order
from checkout.store.order_writing import write_order
from checkout.store.orders import counting, next_order_numbers, order_numbers
from checkout.usecases.order_completed import order_completed
from checkout.usecases.order_row import order_row
from checkout.usecases.take_attempt import take_attempt
from common.delivery import publish
from common.watching.committed import count_after_commit


def place_at_once(
    session: Session, confirmed: Confirmed, *, fencing: int, location: str, now: datetime
) -> list[Order]:
    """Place what was just judged. Raises AttemptInFlight, CartChanged as take_attempt does."""
    count = counting(**_numbers_of(confirmed))
    taken = take_attempt(session, confirmed, fencing=fencing, count=count)
    number = taken.number or 0
    return place_orders(
        session,
        confirmed,
        attempt=taken.attempt,
        cart=taken.cart,
        numbers=order_numbers(confirmed.brand.code, number, count=len(confirmed.quote.orders)),
        location=location,
        now=now,
    )


def place_when_paid(
    session: Session,
    confirmed: Confirmed,
    *,
    attempt: HeldAttempt,
    cart: HeldCart,
    location: str,
    now: datetime,
) -> list[Order]:
    """Place what was charged; attempt and cart are locked."""
    numbers = next_order_numbers(session, **_numbers_of(confirmed))
    return place_orders(
        session,
        confirmed,
        attempt=attempt,
        cart=cart,
        numbers=numbers,
        location=location,
        now=now,
    )


def place_orders(
    session: Session,
    confirmed: Confirmed,
    *,
    attempt: HeldAttempt,
    cart: HeldCart,
    numbers: Sequence[str],
    location: str,
    now: datetime,
) -> list[Order]:
    """Write the orders, their events and the attempt's answer, and take them out of the cart.

    The one way for both methods: at once (D13), or when the card was charged (R122).
    """
    snapshots = quote_as_json(confirmed.quote)["orders"]
    parts = zip(confirmed.quote.orders, snapshots, numbers, strict=True)
    orders = [
        _place(session, confirmed, part, snapshot, number=number, now=now)
        for part, snapshot, number in parts
    ]
    if cart.version == confirmed.cart_version:
        empty_cart(session, cart.id)
    else:
        lines = [line for part in confirmed.quote.orders for line in part.lines]
        take_out(session, cart.id, lines)
    finish_attempt(
        session, attempt, state="placed", location=location, submitted_at=confirmed.submitted_at
    )
    count_after_commit(session, ORDERS.labels(confirmed.payment_method), len(orders))
    return orders


def _numbers_of(confirmed: Confirmed) -> dict[str, Any]:
    return {
        "maker_id": confirmed.link.maker_id,
        "brand_id": confirmed.link.brand_id,
        "prefix": confirmed.brand.code,
        "count": len(confirmed.quote.orders),
    }


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
