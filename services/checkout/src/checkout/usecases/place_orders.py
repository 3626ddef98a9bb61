"""Place the orders of one checkout: one per catalog, all or none (D18, K15)."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from checkout.domain.attempt import AttemptInFlight, CartChanged
from checkout.domain.breakdown import quote_as_json
from checkout.domain.confirmed import Confirmed
from checkout.domain.quote import OrderQuote
from checkout.store.attempts import finish_attempt, lock_attempt
from checkout.store.brands import enter_brand
from checkout.store.carts import empty_cart, lock_cart, take_out
from checkout.store.models import Cart, CheckoutAttempt, Order, OrderLine
from checkout.store.orders import next_order_numbers
from checkout.store.payments import close_pages, list_open_of_cart
from checkout.usecases.order_completed import order_completed
from common.delivery import publish
from common.money import Money


def place_at_once(
    session: Session, confirmed: Confirmed, *, fencing: int, location: str, now: datetime
) -> list[Order]:
    """Place what was just judged. Raises AttemptInFlight, CartChanged as take_attempt does.

    A payment page that is open for the same cart is closed: the cart is ordered once.
    """
    attempt, cart = take_attempt(session, confirmed, fencing=fencing)
    close_pages(session, list_open_of_cart(session, cart.id), reason="superseded")
    return place_orders(session, confirmed, attempt=attempt, cart=cart, location=location, now=now)


def take_attempt(
    session: Session, confirmed: Confirmed, *, fencing: int
) -> tuple[CheckoutAttempt, Cart]:
    """Return attempt and cart, row-locked, as they were judged.

    Raises AttemptInFlight when another request has taken the attempt over, CartChanged when the
    cart is not the one that was judged.
    """
    attempt = lock_attempt(session, confirmed.attempt_id, fencing=fencing)
    if attempt is None:
        raise AttemptInFlight("This order is being placed already.", retry_after=2)
    cart = lock_cart_of(session, confirmed)
    if cart.version != confirmed.cart_version:
        raise CartChanged("The cart was changed meanwhile. Please look at it once more.")
    return attempt, cart


def lock_cart_of(session: Session, confirmed: Confirmed) -> Cart:
    link = confirmed.link
    return lock_cart(
        session,
        maker_id=link.maker_id,
        brand_id=link.brand_id,
        buyer_id=confirmed.buyer.buyer_id,
        link_id=link.link_id,
    )


def place_orders(
    session: Session,
    confirmed: Confirmed,
    *,
    attempt: CheckoutAttempt,
    cart: Cart,
    location: str,
    now: datetime,
) -> list[Order]:
    """Write the orders, their events and the attempt's answer, and take them out of the cart.

    The one way for both methods: at once (D13), or when the card was charged (R122).
    """
    link, brand = confirmed.link, confirmed.brand
    enter_brand(session, brand_id=link.brand_id, maker_id=link.maker_id)
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
        empty_cart(session, cart)
    else:
        take_out(session, cart, [line for part in confirmed.quote.orders for line in part.lines])
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
    order = _order(confirmed, part, snapshot, number=number, now=now)
    session.add(order)
    session.flush()
    session.add_all(_lines(order, part))
    order.completed_event_id = publish(session, order_completed(order), occurred_at=now)
    return order


def _order(
    confirmed: Confirmed,
    part: OrderQuote,
    snapshot: dict[str, Any],
    *,
    number: str,
    now: datetime,
) -> Order:
    buyer, actor = confirmed.buyer, confirmed.actor
    return Order(
        maker_id=confirmed.link.maker_id,
        brand_id=confirmed.link.brand_id,
        checkout_attempt_id=confirmed.attempt_id,
        order_number=number,
        catalog_id=part.catalog_id,
        catalog_name=part.catalog_name,
        link_id=confirmed.link.link_id,
        buyer_id=buyer.buyer_id,
        buyer_name=buyer.name,
        buyer_kind=buyer.kind,
        method=actor.method,
        operator=actor.operator,
        actor_user_id=actor.user_id,
        session_id=actor.session_id,
        payment_method=confirmed.payment_method,
        deposit_percent=buyer.terms.deposit_percent,
        language=buyer.terms.language,
        comment=confirmed.comment,
        po_number=confirmed.po_number,
        total=part.total,
        units=sum(line.quantity for line in part.lines),
        snapshot=snapshot | _frame(confirmed),
        address=asdict(confirmed.address) if confirmed.address else None,
        submitted_at=confirmed.submitted_at,
        completed_at=now,
    )


def _frame(confirmed: Confirmed) -> dict[str, Any]:
    """Return who bought from whom, as it was then; later changes do not reach the order (R60)."""
    buyer, brand = confirmed.buyer, confirmed.brand
    return {
        "buyer": {
            "buyer_id": str(buyer.buyer_id),
            "kind": buyer.kind,
            "unique_code": buyer.unique_code,
            "customer_code": buyer.customer_code,
            "name": buyer.name,
            "contact_email": buyer.contact_email,
            "country": buyer.country,
        },
        "brand": {
            "name": brand.name,
            "code": brand.code,
            "maker_name": brand.maker_name,
            "time_zone": brand.time_zone,
        },
        "payment_terms": buyer.terms.payment_terms,
        "recipients": list(buyer.recipients),
        "transition": confirmed.link.transition,
    }


def _lines(order: Order, part: OrderQuote) -> list[OrderLine]:
    zero = Money.zero(part.goods.currency)
    return [
        OrderLine(
            maker_id=order.maker_id,
            order_id=order.id,
            position=position,
            sku_id=line.sku_id,
            sku_number=line.sku_number,
            model_number=line.model_number,
            product_name=line.product_name,
            properties=dict(line.properties),
            unit_price=line.unit_price or zero,
            quantity=line.quantity,
            amount=line.amount or zero,
        )
        for position, line in enumerate(part.lines, start=1)
    ]
