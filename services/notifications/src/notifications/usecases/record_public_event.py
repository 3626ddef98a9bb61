"""Keeps a public fact about an order and puts it into the queue of everybody who asked for it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.delivery import Envelope, Later
from notifications.domain.webhooks import TYPES, must_wait, public_data
from notifications.store.webhook_models import WebhookEvent
from notifications.store.webhooks import list_endpoints, newest_seqs, next_sequence
from notifications.usecases.queue_delivery import queue_delivery


def record_public_event(
    session: Session, envelope: Envelope, *, order_id: UUID, now: datetime
) -> None:
    """Give the fact its number within the order and queue it, once.

    Raises Later while an earlier fact of the order is under way: order is kept from here on.
    """
    if envelope.maker_id is None or envelope.brand_id is None:
        raise ValueError("an order belongs to a maker and a brand")
    if session.get(WebhookEvent, envelope.id) is not None:
        return  # Somebody has the event handled once more (I12).
    newest = newest_seqs(session, order_id)
    if must_wait(
        producer=envelope.producer,
        seq=envelope.seq,
        newest=newest,
        occurred_at=envelope.occurred_at,
        now=now,
    ):
        raise Later(1.0, "an earlier event of the order is under way")
    event = WebhookEvent(
        id=envelope.id,
        maker_id=envelope.maker_id,
        brand_id=envelope.brand_id,
        order_id=order_id,
        producer=envelope.producer,
        producer_seq=envelope.seq,
        type=TYPES[envelope.name],
        sequence=next_sequence(session, order_id),
        occurred_at=envelope.occurred_at,
        data=public_data(envelope.payload),
    )
    session.add(event)
    session.flush()
    for endpoint in list_endpoints(session, [envelope.brand_id]):
        if event.type in endpoint.types:
            queue_delivery(session, endpoint, event, reason="event")
