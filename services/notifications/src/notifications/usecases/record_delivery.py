"""Takes over what became of a telling; lets the next go, or pauses an endpoint that is gone."""

from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import func
from sqlalchemy.orm import Session

from common.delivery import OutboundCall, retry_call
from notifications.domain.kinds import WEBHOOK_PAUSED
from notifications.store.webhook_models import WebhookDelivery, WebhookEndpoint
from notifications.store.webhooks import get_delivery
from notifications.usecases.plan_mail import Subject
from notifications.usecases.plan_staff_mails import plan_staff_mails
from notifications.usecases.queue_delivery import PAUSED, send_next


def record_delivery(session: Session, call: OutboundCall) -> None:
    """Set state, attempts and words; then the next of the order's queue is sent."""
    delivery = session.get(WebhookDelivery, UUID(call.payload["delivery_id"]))
    if delivery is None:
        return  # Its endpoint was removed meanwhile, and it with it.
    delivery.state = call.state
    delivery.attempts = call.attempts
    delivery.note = call.last_error or call.note
    delivery.changed_at = call.changed_at
    session.flush()
    if call.state == "done":
        send_next(session, endpoint_id=delivery.endpoint_id, order_id=delivery.order_id)
    elif call.state == "dead" and delivery.reason != "test":
        endpoint = session.get(WebhookEndpoint, delivery.endpoint_id, with_for_update=True)
        if endpoint is None or endpoint.is_paused:
            return
        if call.last_error == PAUSED:
            # Resumed while this call was on its way to stop.
            delivery.state = retry_call(session, call.id).state
            return
        _pause(session, endpoint, delivery)


def _pause(session: Session, endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> None:
    """Send nothing more until a person says so, and tell the brand once."""
    endpoint.paused_at = func.now()
    endpoint.pause_reason = delivery.note
    session.flush()
    session.refresh(endpoint)
    subject = Subject(
        event_id=delivery.id,
        maker_id=endpoint.maker_id,
        brand_id=endpoint.brand_id,
        subject_id=uuid5(NAMESPACE_OID, f"{endpoint.id}|{endpoint.paused_at}"),
        order_id=None,
        order_number=None,
        time_zone=endpoint.time_zone,
        values={
            "brand": {"name": endpoint.brand_name},
            "url": endpoint.url,
            "note": delivery.note,
            "attempts": delivery.attempts,
            "path": f"/notifications/webhooks/{endpoint.id}",
        },
    )
    plan_staff_mails(session, subject, WEBHOOK_PAUSED, only_brand=True)


def skip_delivery(session: Session, delivery_id: UUID) -> WebhookDelivery:
    """Give a failed telling up for good, so that the later ones of its order can go."""
    delivery = get_delivery(session, delivery_id)
    if delivery.state == "dead":
        delivery.state, delivery.changed_at = "skipped", func.now()
        session.flush()
        send_next(session, endpoint_id=delivery.endpoint_id, order_id=delivery.order_id)
    return delivery
