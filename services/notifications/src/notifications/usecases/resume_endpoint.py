"""Pauses and resumes the tellings of an endpoint."""

from sqlalchemy import func
from sqlalchemy.orm import Session

from common.delivery import retry_call
from notifications.store.webhook_models import WebhookEndpoint
from notifications.store.webhooks import list_dead


def pause_endpoint(session: Session, endpoint: WebhookEndpoint) -> None:
    """Send nothing until it is resumed; what happens meanwhile waits in its queue."""
    if not endpoint.is_paused:
        endpoint.paused_at = func.now()
        endpoint.pause_reason = None


def resume_endpoint(session: Session, endpoint: WebhookEndpoint) -> None:
    """Send again, each order from where it stopped."""
    endpoint.paused_at, endpoint.pause_reason = None, None
    session.flush()
    for delivery in list_dead(session, endpoint.id):
        if delivery.call_id is not None:
            delivery.state = retry_call(session, delivery.call_id).state
