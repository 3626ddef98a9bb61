"""The rows that make delivery sure. All are global tables: relays and sweepers see every tenant.

The DDL is schema.py; a test keeps both the same.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from common.db import Base
from common.ids import new_id


class OutboxEvent(Base, kw_only=True):
    """A fact, written in the transaction that made it true."""

    __tablename__ = "outbox_event"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    aggregate_id: Mapped[UUID]
    aggregate_seq: Mapped[int]
    maker_id: Mapped[UUID | None]
    envelope: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class OutboxDelivery(Base, kw_only=True):
    """What one subscriber is still owed of one event: pending, sent, acked or skipped."""

    __tablename__ = "outbox_delivery"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("outbox_event.id"), primary_key=True)
    subscriber: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    """Bytes of the envelope's JSON, so that a message stays under its limit."""
    state: Mapped[str] = mapped_column(server_default="pending", default="pending")
    attempts: Mapped[int] = mapped_column(server_default="0", default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    acked_at: Mapped[datetime | None] = mapped_column(default=None)
    skip_reason: Mapped[str | None] = mapped_column(default=None)


class AggregateSequence(Base, kw_only=True):
    """Counts the events of one aggregate, so that a reader can tell newer from older."""

    __tablename__ = "aggregate_sequence"

    aggregate_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]


class InboxEvent(Base, kw_only=True):
    """An event that arrived here; the primary key absorbs repeats."""

    __tablename__ = "inbox"

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    producer: Mapped[str]
    name: Mapped[str]
    maker_id: Mapped[UUID | None]
    brand_id: Mapped[UUID | None]
    envelope: Mapped[dict[str, Any]]
    received_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    attempts: Mapped[int] = mapped_column(server_default="0", default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    processed_at: Mapped[datetime | None] = mapped_column(default=None)
    dead_at: Mapped[datetime | None] = mapped_column(default=None)
    last_error: Mapped[str | None] = mapped_column(default=None)
    skipped_at: Mapped[datetime | None] = mapped_column(default=None)
    """An operator decided that it shall not happen any more; it counts as processed."""
    skip_reason: Mapped[str | None] = mapped_column(default=None)
    skipped_by: Mapped[str | None] = mapped_column(default=None)


class OutboundCall(Base, kw_only=True):
    """One effect outside: an upload, a mail. pending, sending, unknown, accepted, done or dead."""

    __tablename__ = "outbound_call"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    event_id: Mapped[UUID]
    kind: Mapped[str]
    recipient: Mapped[str]
    maker_id: Mapped[UUID | None]
    payload: Mapped[dict[str, Any]]
    one_at_a_time: Mapped[str | None] = mapped_column(default=None)
    """Calls of a kind that share this key are never in flight together."""
    request_id: Mapped[str | None] = mapped_column(default=None)
    traceparent: Mapped[str | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(server_default="pending", default="pending")
    previous_state: Mapped[str] = mapped_column(server_default="pending", default="pending")
    attempts: Mapped[int] = mapped_column(server_default="0", default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    fencing: Mapped[int] = mapped_column(server_default="0", default=0)
    remote_id: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    result: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    last_error: Mapped[str | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    skipped_at: Mapped[datetime | None] = mapped_column(default=None)
    """An operator decided that a dead one stays dead: nobody need look at it again."""
    skip_reason: Mapped[str | None] = mapped_column(default=None)
    skipped_by: Mapped[str | None] = mapped_column(default=None)


class ScheduledJob(Base, kw_only=True):
    """Something to do every so often; whoever holds the lease does it."""

    __tablename__ = "scheduled_job"

    name: Mapped[str] = mapped_column(primary_key=True)
    every_seconds: Mapped[int]
    next_run_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    fencing: Mapped[int] = mapped_column(server_default="0", default=0)
    last_started_at: Mapped[datetime | None] = mapped_column(default=None)
    last_finished_at: Mapped[datetime | None] = mapped_column(default=None)
    last_error: Mapped[str | None] = mapped_column(default=None)


class Canary(Base, kw_only=True):
    """When a canary last came through a queue of this service, by whichever worker."""

    __tablename__ = "canary"

    queue: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)


class DeliveryPause(Base, kw_only=True):
    """Something that an operator holds back: a subscriber, an event's handler, a kind of effect."""

    __tablename__ = "delivery_pause"

    kind: Mapped[str] = mapped_column(primary_key=True)
    """subscriber (nothing is sent to it), handler (of an event's name) or effect."""
    name: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True, server_default="", default="")
    """Of an effect: only calls with this `one_at_a_time`; empty means all of the name."""
    since: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    reason: Mapped[str]
    paused_by: Mapped[str]


class OperatorEntry(Base, kw_only=True):
    """What an operator did to this service, and why. Rows are added and read, never changed."""

    __tablename__ = "operator_log"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    at: Mapped[datetime] = mapped_column(server_default=func.now(), init=False)
    actor_kind: Mapped[str]
    """operator (signed in) or command (somebody at the command line, by the name given)."""
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    subject: Mapped[dict[str, Any]]
    """Ids and names of the code; nothing of a brand's beside them."""
    reason: Mapped[str | None]
    number: Mapped[int]
    """How many rows it changed."""
    request_id: Mapped[str]


DELIVERY_TABLES = frozenset(
    table.__tablename__
    for table in (
        OutboxEvent,
        OutboxDelivery,
        AggregateSequence,
        InboxEvent,
        OutboundCall,
        ScheduledJob,
        Canary,
        DeliveryPause,
        OperatorEntry,
    )
)
"""For a service's list of global tables."""
