"""Tells endpoints what happened, one order's facts one after the other; forgets after 30 days."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from common.delivery import Again, Call, Dead, Done, JobRun, Outcome, every, outbound_kind
from notifications.deps import Deps
from notifications.domain.webhooks import KEPT
from notifications.gateways.webhooks import Told
from notifications.store.webhook_models import WebhookDelivery, WebhookEndpoint
from notifications.usecases.queue_delivery import PAUSED, WEBHOOK
from notifications.usecases.record_delivery import record_delivery

TRIES = 30
"""With pauses from 10 s, doubled to 15 min: about six hours. Then the endpoint is paused."""
PURGE = text("delete from webhook_events where occurred_at < :before")
PURGE_TOLD = text(
    "delete from webhook_deliveries where created_at < :before and state in ('done', 'skipped')"
)
MAKERS = text("select distinct maker_id from inbox where maker_id is not null")


@outbound_kind(WEBHOOK, longest=60, concurrency=4, attempts=TRIES, on_change=record_delivery)
def tell_endpoint(deps: Deps, call: Call) -> Outcome:
    """Tell it once. A lost answer is told again under the same id, which the receiver knows."""
    with deps.database.transaction(call.maker_id) as session:
        delivery = session.get(WebhookDelivery, UUID(call.payload["delivery_id"]))
        endpoint = session.get(WebhookEndpoint, delivery.endpoint_id) if delivery else None
    if delivery is None or endpoint is None:
        return Dead("The webhook was removed.")
    if endpoint.is_paused and delivery.reason != "test":
        return Dead(PAUSED)
    told = deps.teller.tell(
        endpoint.url,
        secret=deps.teller.secret_of(endpoint.id, endpoint.secret_version),
        event_id=delivery.event_id,
        body=delivery.body,
        now=deps.now(),
    )
    _keep(deps, call, delivery.id, told)
    if told.is_taken:
        return Done(note=told.words)
    if told.status == 410 or delivery.reason == "test":
        return Dead(told.words)
    return Again(None, told.words)


def _keep(deps: Deps, call: Call, delivery_id: UUID, told: Told) -> None:
    """Keep the latest request and answer for people to look at."""
    with deps.database.transaction(call.maker_id) as session:
        delivery = session.get(WebhookDelivery, delivery_id)
        if delivery is not None:
            delivery.request = told.request
            delivery.answer = {"status": told.status, **told.answer, "words": told.words}


@every(3600, "notifications.forget_webhooks")
def forget_webhooks(deps: Deps, run: JobRun) -> None:
    """Forget what is older than a replay may reach."""
    before = {"before": deps.now() - KEPT - timedelta(hours=1)}
    with deps.database.transaction() as session:
        makers = session.scalars(MAKERS).all()
    for maker_id in makers:
        with deps.database.transaction(maker_id) as session:
            session.execute(PURGE_TOLD, before)
            session.execute(PURGE, before)
