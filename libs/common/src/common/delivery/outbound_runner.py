"""Performs outbound calls: lease, effect outside any transaction, outcome under the fence (K8)."""

import math
import time
from dataclasses import replace
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from common.context import Trace, traced
from common.db import Database, act_as
from common.delivery.failpoints import failpoint
from common.delivery.inbox import first_line
from common.delivery.outbound import (
    Accepted,
    Again,
    Call,
    Dead,
    Done,
    Kind,
    Outcome,
    Unknown,
    kinds,
)
from common.delivery.tables import OutboundCall

log = structlog.get_logger()

FIRST_PAUSE, LONGEST_PAUSE = 10.0, 900.0

# A look at what the remote already has is no attempt.
CLAIM = text("""
update outbound_call set previous_state = state, state = 'sending', fencing = fencing + 1,
  attempts = attempts + case when state = 'accepted' then 0 else 1 end,
  lease_until = now() + make_interval(secs => :lease)
where id = (
  select id from outbound_call as due
  where kind = :kind and state in ('pending', 'unknown', 'accepted') and next_attempt_at <= now()
    and not exists (
      select from outbound_call as other
      where other.kind = due.kind and other.one_at_a_time = due.one_at_a_time
        and other.state = 'sending')
  order by next_attempt_at limit 1 for update skip locked)
returning id
""")

EXPIRED = (
    select(OutboundCall)
    .where(OutboundCall.state == "sending", OutboundCall.lease_until < func.now())
    .limit(50)
    .with_for_update(skip_locked=True)
)


def claim_call(
    database: Database, kind: Kind, *, longest_lease: float = math.inf
) -> OutboundCall | None:
    """Take the most overdue call of the kind, or None. The commit comes before the effect."""
    values = {"kind": kind.name, "lease": min(kind.lease, longest_lease)}
    try:
        with database.transaction() as session:
            call_id = session.scalar(CLAIM, values)
            return session.get_one(OutboundCall, call_id) if call_id else None
    except IntegrityError:
        return None  # Somebody took the other call of the same key in the same moment.


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
    with traced(Trace(row.request_id or row.id.hex)):
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
            OutboundCall.state.in_(("sending", "unknown")),
        )
        call = session.scalars(query.with_for_update()).one_or_none()
        if call is None:
            return False
        # The fence moves with every stored outcome: a repeat after a lost commit finds it gone.
        call.fencing += 1
        _apply(call, kind, outcome)
        _changed(session, call)
        return True


def end_expired_leases(database: Database) -> int:
    """Turn calls whose performer is gone into unknown, due now; return how many."""
    with database.transaction() as session:
        calls = session.scalars(EXPIRED).all()
        for call in calls:
            call.state, call.lease_until = "unknown", None
            call.next_attempt_at = func.now()
            call.last_error = "the process that performed it is gone"
            _changed(session, call)
        return len(calls)


def _store_surely(database: Database, kind: Kind, row: OutboundCall, outcome: Outcome) -> None:
    """Try three times; after that the lease expires and the call counts as unknown (K14)."""
    for left in (2, 1, 0):
        try:
            if not store_outcome(database, kind, row.id, row.fencing, outcome):
                log.warning("outcome came too late", kind=kind.name, call_id=str(row.id))
            return
        except DBAPIError:
            log.warning("outcome not stored", kind=kind.name, call_id=str(row.id), exc_info=True)
            time.sleep(left)


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


def _changed(session: Session, call: OutboundCall) -> None:
    """Tell the kind's hook, in this transaction, as the call's maker."""
    call.changed_at = func.now()
    session.flush()
    session.refresh(call)
    kind = kinds().get(call.kind)
    if kind is None or kind.on_change is None:
        return
    if call.maker_id is not None:
        act_as(session, call.maker_id)
    with traced(Trace(call.request_id or call.id.hex)):
        kind.on_change(session, call)


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
