"""The fact that an order is complete, told out of the order's own frozen breakdown."""

from typing import Any

from checkout.events import OrderCompleted
from checkout.store.models import Order
from common.money import Money


def order_completed(order: Order) -> OrderCompleted:
    """Return the event of an order that was just written, with all its readers need."""
    snapshot = order.snapshot
    shipping = snapshot["shipping"]
    return OrderCompleted(
        maker_id=order.maker_id,
        brand_id=order.brand_id,
        aggregate_id=order.id,
        order_id=order.id,
        order_number=order.order_number,
        checkout_id=order.checkout_attempt_id,
        link_id=order.link_id,
        transition=snapshot["transition"],
        session_id=order.session_id,
        method=order.method,
        operator=order.operator,
        user_id=order.actor_user_id,
        buyer=snapshot["buyer"],
        brand=snapshot["brand"],
        catalog={"catalog_id": str(order.catalog_id), "name": order.catalog_name},
        language=order.language,
        currency=order.total.currency,
        payment_method=order.payment_method,
        deposit_percent=order.deposit_percent,
        comment=order.comment,
        po_number=order.po_number,
        lines=tuple(_told(line) for line in snapshot["lines"]),
        goods=Money.of_json(snapshot["goods"]),
        taxes=tuple(snapshot["taxes"]),
        shipping=shipping if shipping and shipping["fee"] else None,
        total=order.total,
        address=order.address,
        recipients=tuple(snapshot["recipients"]),
        submitted_at=order.submitted_at,
        completed_at=order.completed_at,
    )


def _told(line: dict[str, Any]) -> dict[str, Any]:
    """Return the line without what only mattered while it could still be refused."""
    unsaid = ("catalog_id", "is_orderable", "reason")
    return {name: value for name, value in line.items() if name not in unsaid}
