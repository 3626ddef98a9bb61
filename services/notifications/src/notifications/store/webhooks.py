"""Queries about webhooks: endpoints, facts and the queue of each order at each endpoint."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from common.errors import NotFound
from notifications.store.webhook_models import WebhookDelivery, WebhookEndpoint, WebhookEvent

OVER = ("done", "skipped")


class WebhookNotFound(NotFound):
    code = "webhook_not_found"


def get_endpoint(session: Session, endpoint_id: UUID) -> WebhookEndpoint:
    """Return the maker's endpoint. Raises WebhookNotFound."""
    endpoint = session.get(WebhookEndpoint, endpoint_id)
    if endpoint is None:
        raise WebhookNotFound("There is no such webhook.")
    return endpoint


def list_endpoints(session: Session, brand_ids: Collection[UUID]) -> Sequence[WebhookEndpoint]:
    query = select(WebhookEndpoint).where(WebhookEndpoint.brand_id.in_(brand_ids))
    return session.scalars(query.order_by(WebhookEndpoint.id)).all()


def get_delivery(session: Session, delivery_id: UUID) -> WebhookDelivery:
    """Return the maker's delivery. Raises WebhookNotFound."""
    delivery = session.get(WebhookDelivery, delivery_id)
    if delivery is None:
        raise WebhookNotFound("There is no such delivery.")
    return delivery


def list_deliveries(
    session: Session, endpoint_id: UUID, *, before: UUID | None = None, limit: int = 50
) -> Sequence[WebhookDelivery]:
    """Return the endpoint's deliveries, newest first."""
    query = select(WebhookDelivery).where(WebhookDelivery.endpoint_id == endpoint_id)
    if before:
        query = query.where(WebhookDelivery.id < before)
    return session.scalars(query.order_by(WebhookDelivery.id.desc()).limit(limit)).all()


def newest_seqs(session: Session, order_id: UUID) -> dict[str, int]:
    """Return by producer how far the order's events have come in; locked until the commit."""
    _lock(session, f"order:{order_id}")
    query = (
        select(WebhookEvent.producer, func.max(WebhookEvent.producer_seq))
        .where(WebhookEvent.order_id == order_id)
        .group_by(WebhookEvent.producer)
    )
    return {producer: int(seq) for producer, seq in session.execute(query)}


def next_sequence(session: Session, order_id: UUID) -> int:
    query = select(func.coalesce(func.max(WebhookEvent.sequence), 0) + 1)
    return session.scalars(query.where(WebhookEvent.order_id == order_id)).one()


def list_events(
    session: Session,
    *,
    brand_id: UUID,
    types: Collection[str],
    since: datetime,
    until: datetime,
    limit: int,
) -> Sequence[WebhookEvent]:
    """Return the facts of that time, as they happened, each order's in its own order."""
    query = select(WebhookEvent).where(
        WebhookEvent.brand_id == brand_id,
        WebhookEvent.type.in_(types),
        WebhookEvent.occurred_at >= since,
        WebhookEvent.occurred_at < until,
    )
    ordered = query.order_by(WebhookEvent.order_id, WebhookEvent.sequence)
    return session.scalars(ordered.limit(limit)).all()


def lock_queue(session: Session, *, endpoint_id: UUID, order_id: UUID) -> Sequence[WebhookDelivery]:
    """Return the first two unfinished deliveries of the order at the endpoint, locked."""
    _lock(session, f"queue:{endpoint_id}:{order_id}")
    query = select(WebhookDelivery).where(
        WebhookDelivery.endpoint_id == endpoint_id,
        WebhookDelivery.order_id == order_id,
        WebhookDelivery.state.not_in(OVER),
    )
    return session.scalars(query.order_by(WebhookDelivery.position).limit(2)).all()


def list_dead(session: Session, endpoint_id: UUID) -> Sequence[WebhookDelivery]:
    """Return the deliveries that stopped when the endpoint was paused."""
    query = select(WebhookDelivery).where(
        WebhookDelivery.endpoint_id == endpoint_id,
        WebhookDelivery.state == "dead",
        WebhookDelivery.reason != "test",
    )
    return session.scalars(query.order_by(WebhookDelivery.position)).all()


def _lock(session: Session, key: str) -> None:
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
