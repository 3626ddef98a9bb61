"""Facts to other services and effects outside, exactly once in effect. Read README.md first."""

from common.delivery.events import Envelope, Event
from common.delivery.handlers import EventIn, Later, on_event
from common.delivery.jobs import JobRun, every
from common.delivery.outbound import (
    Accepted,
    Again,
    Call,
    Dead,
    Done,
    Outcome,
    Unknown,
    outbound_kind,
    plan_call,
    retry_call,
    revive_calls,
)
from common.delivery.outbox import publish
from common.delivery.tables import DELIVERY_TABLES, InboxEvent, OutboundCall

__all__ = [
    "DELIVERY_TABLES",
    "Accepted",
    "Again",
    "Call",
    "Dead",
    "Done",
    "Envelope",
    "Event",
    "EventIn",
    "InboxEvent",
    "JobRun",
    "Later",
    "OutboundCall",
    "Outcome",
    "Unknown",
    "every",
    "on_event",
    "outbound_kind",
    "plan_call",
    "publish",
    "retry_call",
    "revive_calls",
]
