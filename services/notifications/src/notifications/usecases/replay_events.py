"""Tells an endpoint again what happened in a span of time; and tells it something to try."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from common.errors import FieldError, Invalid
from common.ids import new_id
from notifications.domain.webhooks import KEPT
from notifications.store.webhook_models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from notifications.store.webhooks import list_events
from notifications.usecases.queue_delivery import queue_delivery

MOST = 2000


def replay_events(
    session: Session, endpoint: WebhookEndpoint, *, since: datetime, until: datetime, now: datetime
) -> int:
    """Queue every fact of the time behind what waits already; return how many.

    The receiver knows a repeat by its id. Raises Invalid.
    """
    if since >= until:
        raise _refused("until", "The end must be after the beginning.")
    if since < now - KEPT - timedelta(minutes=1):
        raise _refused("since", "Events are kept for thirty days.")
    found = list_events(
        session,
        brand_id=endpoint.brand_id,
        types=endpoint.types,
        since=since,
        until=until,
        limit=MOST + 1,
    )
    if len(found) > MOST:
        raise _refused("until", "These are more than 2,000 events; choose a shorter time.")
    for event in found:
        queue_delivery(session, endpoint, event, reason="replay")
    return len(found)


def send_test(session: Session, endpoint: WebhookEndpoint, *, now: datetime) -> WebhookDelivery:
    """Queue an event that is none, behind nothing and before nothing."""
    event = WebhookEvent(
        id=new_id(),
        maker_id=endpoint.maker_id,
        brand_id=endpoint.brand_id,
        order_id=new_id(),
        producer="notifications",
        producer_seq=1,
        type="test",
        sequence=1,
        occurred_at=now,
        data={"message": f"A test for {endpoint.brand_name}."},
    )
    return queue_delivery(session, endpoint, event, reason="test")


def _refused(field: str, words: str) -> Invalid:
    wrong = FieldError(field, "invalid", words)
    return Invalid("Please check the marked fields.", errors=[wrong])
