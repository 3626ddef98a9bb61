"""Publishing: the event and what each subscriber is owed, in the caller's transaction (K2)."""

import json
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.clock import utc_now
from common.context import current_trace
from common.delivery.doorbell import ring_after_commit
from common.delivery.events import Envelope, Event
from common.ids import new_id
from common.together import write
from common.tracing import span

# Counts one more event of the aggregate, whose row stays locked until the commit; the number goes
# into the event and into its envelope. One round trip for what are three tables' rows. A database
# that was put back to a backup may have forgotten aggregates, whose numbers others know: it counts
# what it does not know from the number that `common.backup` left with it.
WRITE = text("""
with counted as (
  insert into aggregate_sequence (aggregate_id, seq) values (:aggregate_id,
    1 + coalesce(cast(nullif(current_setting('orderlink.counted_from', true), '') as integer), 0))
  on conflict (aggregate_id) do update set seq = aggregate_sequence.seq + 1
  returning seq
), written as (
  insert into outbox_event (id, name, aggregate_id, aggregate_seq, maker_id, envelope)
  select :id, :name, :aggregate_id, seq, cast(:maker_id as uuid),
    jsonb_set(cast(:envelope as jsonb), '{aggregate,seq}', to_jsonb(seq))
  from counted
)
insert into outbox_delivery (event_id, subscriber, size)
select :id, subscriber, :size from unnest(cast(:subscribers as text[])) as subscriber
""")


def publish(session: Session, event: Event, *, occurred_at: datetime | None = None) -> UUID:
    """Write the event and one delivery row per subscriber; return the event's id.

    Nothing leaves before the caller's transaction commits, and nothing is left if it does not.
    """
    with span(f"publish {event.name}", kind="producer"):
        return _write(session, event, _envelope(event, occurred_at or utc_now()))


def _write(session: Session, event: Event, envelope: Envelope) -> UUID:
    wire = json.dumps(envelope.as_json())
    written = {
        "id": envelope.id,
        "name": envelope.name,
        "aggregate_id": envelope.aggregate_id,
        "maker_id": envelope.maker_id,
        "envelope": wire,
        "size": len(wire),
        "subscribers": list(event.subscribers),
    }
    write(session, WRITE, written)
    if event.subscribers:
        ring_after_commit(session, "relay")
    return envelope.id


def _envelope(event: Event, occurred_at: datetime) -> Envelope:
    trace = current_trace()
    return Envelope(
        id=new_id(),
        name=event.name,
        occurred_at=occurred_at,
        maker_id=event.maker_id,
        brand_id=event.brand_id,
        aggregate_id=event.aggregate_id,
        seq=0,  # WRITE counts it.
        request_id=trace.request_id if trace else uuid4().hex,
        traceparent=trace.traceparent if trace else None,
        payload=event.payload(),
    )
