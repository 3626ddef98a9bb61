"""Performs outbound calls: effect outside any transaction, outcome under the fence (K8)."""

import math
import time
from dataclasses import replace
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import DBAPIError

from common.clock import utc_now
from common.context import Trace, traced
from common.db import Database
from common.delivery.counts import DONE_AFTER, OUTCOMES
from common.delivery.failpoints import failpoint
from common.delivery.outbound import (
    Accepted,
    Again,
    Call,
    Dead,
    Done,
    Kind,
    Outcome,
    Unknown,
)
from common.delivery.outbound_leases import tell_change
from common.delivery.tables import OutboundCall
from common.failures import first_line
from common.tracing import span

log = structlog.get_logger()

FIRST_PAUSE, LONGEST_PAUSE = 10.0, 900.0


def perform(
    database: Database,
    deps: Any,
    kind: Kind,
    row: OutboundCall,
    *,
    longest_pause: float = math.inf,
) -> None:
    """Run the effect and store what came of it; `longest_pause` shortens what it asks to wait."""
    failpoint("outbound.claimed")
    trace = Trace(row.request_id or row.id.hex, row.traceparent)
    with traced(trace), span(f"perform {kind.name}", kind="consumer"):
        try:
            outcome = kind.effect(deps, _snapshot(row))
        except Exception as wrong:
            log.warning("effect failed", kind=kind.name, call_id=str(row.id), exc_info=True)
            outcome = Unknown(first_line(wrong))
        outcome = _hurried(outcome, longest_pause)
        failpoint("outbound.performed")
        _store_surely(database, kind, row, outcome)
    failpoint("outbound.stored")


def store_outcome(
    database: Database, kind: Kind, call_id: UUID, fencing: int, outcome: Outcome
) -> bool:
    """Store it unless the call has moved on meanwhile; return whether it was stored."""
    with database.transaction() as session:
        query = select(OutboundCall).where(
            OutboundCall.id == call_id,
            OutboundCall.fencing == fencing,
            OutboundCall.state.in_(("sending", "unknown", "dead")),
        )
        call = session.scalars(query.with_for_update()).one_or_none()
        if call is None:
            return False
        # The fence moves with every stored outcome: a repeat after a lost commit finds it gone.
        call.fencing += 1
        _apply(call, kind, outcome)
        tell_change(session, call)
        return True


def _store_surely(database: Database, kind: Kind, row: OutboundCall, outcome: Outcome) -> None:
    """Try three times; after that the lease expires and the call counts as unknown (K14)."""
    for left in (2, 1, 0):
        try:
            if store_outcome(database, kind, row.id, row.fencing, outcome):
                _count(kind, row, outcome)
            else:
                log.warning("outcome came too late", kind=kind.name, call_id=str(row.id))
            return
        except DBAPIError:
            log.warning("outcome not stored", kind=kind.name, call_id=str(row.id), exc_info=True)
            time.sleep(left)


def _count(kind: Kind, row: OutboundCall, outcome: Outcome) -> None:
    OUTCOMES.labels(kind.name, type(outcome).__name__.lower()).inc()
    if isinstance(outcome, Done):
        waited = (utc_now() - row.created_at).total_seconds()
        DONE_AFTER.labels(kind.name).observe(max(0.0, waited))


def _apply(call: OutboundCall, kind: Kind, outcome: Outcome) -> None:
    call.lease_until = None
    match outcome:
        case Done(remote_id, note, result):
            call.state, call.done_at, call.last_error = "done", func.now(), None
            _remember(call, remote_id, note, result)
        case Accepted(remote_id, check_after, note, result):
            call.state, call.last_error = "accepted", None
            call.next_attempt_at = _in(check_after)
            _remember(call, remote_id, note, result)
        case Again(after, reason):
            # What was unknown or accepted before still is.
            _wait(call, kind, call.previous_state, after, reason)
        case Unknown(reason, after):
            _wait(call, kind, "unknown", after, reason)
        case Dead(reason):
            call.state, call.last_error = "dead", reason[:2000]


def _hurried(outcome: Outcome, longest: float) -> Outcome:
    """Return the outcome with no pause longer than `longest` seconds."""
    if math.isinf(longest):
        return outcome
    match outcome:
        case Accepted():
            return replace(outcome, check_after=min(outcome.check_after, longest))
        case Again() | Unknown():
            wished = longest if outcome.after is None else outcome.after
            return replace(outcome, after=min(wished, longest))
    return outcome


def _wait(call: OutboundCall, kind: Kind, state: str, after: float | None, reason: str) -> None:
    call.state = "dead" if call.attempts >= kind.attempts else state
    call.last_error = reason[:2000]
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(call.attempts - 1, 10))
    call.next_attempt_at = _in(pause if after is None else after)


def _remember(call: OutboundCall, remote_id: str | None, note: str | None, result: Any) -> None:
    call.remote_id = remote_id or call.remote_id
    call.note = note
    if result is not None:
        call.result = dict(result)


def _in(seconds: float) -> ColumnElement[Any]:
    return func.now() + func.make_interval(0, 0, 0, 0, 0, 0, seconds)


def _snapshot(row: OutboundCall) -> Call:
    return Call(
        id=row.id,
        event_id=row.event_id,
        kind=row.kind,
        recipient=row.recipient,
        maker_id=row.maker_id,
        payload=row.payload,
        previous_state=row.previous_state,
        attempts=row.attempts,
        remote_id=row.remote_id,
        result=row.result,
    )
