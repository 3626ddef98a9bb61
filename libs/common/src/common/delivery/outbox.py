"""Publishing: the event and what each subscriber is owed, in the caller's transaction (K2)."""

import json
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from common.clock import utc_now
from common.context import current_trace
from common.delivery.doorbell import ring_after_commit
from common.delivery.events import Envelope, Event
from common.delivery.tables import AggregateSequence, OutboxDelivery, OutboxEvent
from common.ids import new_id
from common.tracing import span


def publish(session: Session, event: Event, *, occurred_at: datetime | None = None) -> UUID:
    """Write the event and one delivery row per subscriber; return the event's id.

    Nothing leaves before the caller's transaction commits, and nothing is left if it does not.
    """
    with span(f"publish {event.name}", kind="producer"):
        return _write(session, event, _envelope(session, event, occurred_at or utc_now()))


def _write(session: Session, event: Event, envelope: Envelope) -> UUID:
    wire = envelope.as_json()
    session.execute(
        insert(OutboxEvent).values(
            id=envelope.id,
            name=envelope.name,
            aggregate_id=envelope.aggregate_id,
            aggregate_seq=envelope.seq,
            maker_id=envelope.maker_id,
            envelope=wire,
        )
    )
    size = len(json.dumps(wire))
    owed = [
        {"event_id": envelope.id, "subscriber": subscriber, "size": size}
        for subscriber in event.subscribers
    ]
    if owed:
        session.execute(insert(OutboxDelivery), owed)
        ring_after_commit(session, "relay")
    return envelope.id


def _envelope(session: Session, event: Event, occurred_at: datetime) -> Envelope:
    trace = current_trace()
    return Envelope(
        id=new_id(),
        name=event.name,
        occurred_at=occurred_at,
        maker_id=event.maker_id,
        brand_id=event.brand_id,
        aggregate_id=event.aggregate_id,
        seq=_next_seq(session, event.aggregate_id),
        request_id=trace.request_id if trace else uuid4().hex,
        traceparent=trace.traceparent if trace else None,
        payload=event.payload(),
    )


def _next_seq(session: Session, aggregate_id: UUID) -> int:
    """Count one more event of the aggregate; its row stays locked until the commit."""
    first = postgresql.insert(AggregateSequence).values(aggregate_id=aggregate_id, seq=1)
    counted = first.on_conflict_do_update(
        index_elements=["aggregate_id"], set_={"seq": AggregateSequence.seq + 1}
    )
    return session.execute(counted.returning(AggregateSequence.seq)).scalar_one()
