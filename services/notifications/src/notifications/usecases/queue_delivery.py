"""Puts a telling behind the earlier ones of its order, and lets the first of them go."""

from uuid import UUID

from sqlalchemy.orm import Session

from common.delivery import plan_call
from notifications.domain.webhooks import body_of
from notifications.store.webhook_models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from notifications.store.webhooks import lock_queue

WEBHOOK = "webhook"
PAUSED = "The webhook is paused."
"""What a call says that stopped only because of that."""
AT_ONCE = 4
"""Orders that one endpoint is told of side by side; a slow one does not hold up the others."""


def queue_delivery(
    session: Session, endpoint: WebhookEndpoint, event: WebhookEvent, *, reason: str
) -> WebhookDelivery:
    """Write it down as the last of its order; sent when those before it have arrived."""
    delivery = WebhookDelivery(
        maker_id=endpoint.maker_id,
        brand_id=endpoint.brand_id,
        endpoint_id=endpoint.id,
        event_id=event.id,
        order_id=event.order_id,
        reason=reason,
        type=event.type,
        sequence=event.sequence,
        body=body_of(
            event_id=event.id,
            type=event.type,
            occurred_at=event.occurred_at,
            order_id=event.order_id,
            sequence=event.sequence,
            data=event.data,
        ),
    )
    session.add(delivery)
    session.flush()
    send_next(session, endpoint_id=endpoint.id, order_id=event.order_id)
    return delivery


def send_next(session: Session, *, endpoint_id: UUID, order_id: UUID) -> None:
    """Plan the call of the order's first unfinished delivery, if it has none yet."""
    queue = lock_queue(session, endpoint_id=endpoint_id, order_id=order_id)
    if not queue or queue[0].call_id is not None:
        return
    first = queue[0]
    first.state = "pending"
    first.call_id = plan_call(
        session,
        event_id=first.id,
        kind=WEBHOOK,
        recipient=str(endpoint_id),
        payload={"delivery_id": str(first.id)},
        maker_id=first.maker_id,
        one_at_a_time=f"{endpoint_id}:{order_id.int % AT_ONCE}",
    )
    session.flush()
