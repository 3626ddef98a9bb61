"""Effects outside: written down with the business change, performed later, never twice (K8)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.context import current_trace
from common.delivery.doorbell import ring_after_commit
from common.delivery.tables import OutboundCall
from common.errors import NotFound
from common.ids import new_id


@dataclass(frozen=True, kw_only=True)
class Call:
    """What an effect is told. `previous_state` "unknown": ask the remote before any resend."""

    id: UUID
    event_id: UUID
    kind: str
    recipient: str
    maker_id: UUID | None
    payload: Mapping[str, Any]
    previous_state: str
    """pending: not there yet; unknown: perhaps; accepted: there, ask what became of it."""
    attempts: int
    remote_id: str | None
    result: Mapping[str, Any] | None


@dataclass(frozen=True)
class Done:
    """It happened, for good."""

    remote_id: str | None = None
    note: str | None = None
    result: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Accepted:
    """The remote has it and works on it: the effect runs again after so many seconds to look."""

    remote_id: str | None
    check_after: float
    note: str | None = None
    result: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Again:
    """It surely did not happen now; once more after so many seconds (None: a growing pause)."""

    after: float | None
    reason: str


@dataclass(frozen=True)
class Unknown:
    """It may have happened. The next run must ask the remote first."""

    reason: str
    after: float | None = None


@dataclass(frozen=True)
class Dead:
    """It cannot happen until a person changes something and presses retry."""

    reason: str


Outcome = Done | Accepted | Again | Unknown | Dead
Effect = Callable[[Any, Call], Outcome]
"""`(deps, call)`, outside any transaction; raising means Unknown."""
OnChange = Callable[[Session, OutboundCall], None]
"""Runs in the transaction that stores an outcome, as the call's maker; publishes, mostly."""
E = TypeVar("E", bound=Effect)


@dataclass(frozen=True)
class Kind:
    """A kind of effect and how much of it at once."""

    name: str
    effect: Effect
    longest: float
    """Seconds that one performance may take; then it counts as hanging."""
    concurrency: int
    attempts: int
    on_change: OnChange | None
    doubt: float = 0
    """Seconds after a performer's death before the next one looks what became of it."""


_kinds: dict[str, Kind] = {}


def outbound_kind(
    name: str,
    *,
    longest: float = 60,
    concurrency: int = 2,
    attempts: int = 30,
    on_change: OnChange | None = None,
    doubt: float = 0,
) -> Callable[[E], E]:
    """Register the decorated effect. `longest`: seconds it may take, more than its timeouts.

    `doubt`: seconds in which the remote may not yet show what a performer did who died.
    """

    def register(effect: E) -> E:
        if name in _kinds:
            raise ValueError(f"the outbound kind {name} is registered already")
        _kinds[name] = Kind(name, effect, longest, concurrency, attempts, on_change, doubt)
        return effect

    return register


def kinds() -> Mapping[str, Kind]:
    """Return the kinds by name."""
    return _kinds


# After a restore, what an older event asks for may have happened before it: ask the remote first.
# Event ids are UUIDv7, and `common.backup` makes the database remember the moment.
FIRST_STATE = """
case when cast(:planned_from as uuid)
  < cast(nullif(current_setting('orderlink.restored_before', true), '') as uuid)
then 'unknown' else 'pending' end"""


def plan_call(
    session: Session,
    *,
    event_id: UUID,
    kind: str,
    recipient: str,
    payload: Mapping[str, Any],
    maker_id: UUID | None,
    one_at_a_time: str | None = None,
    after: float = 0,
) -> UUID:
    """Write the call down, once for (event, kind, recipient); return its id, also on a repeat.

    `after`: seconds in which nobody performs it, because the planner is at it himself.
    """
    trace = current_trace()
    row = {
        "id": new_id(),
        "event_id": event_id,
        "kind": kind,
        "recipient": recipient,
        "maker_id": maker_id,
        "payload": dict(payload),
        "one_at_a_time": one_at_a_time,
        "request_id": trace.request_id if trace else None,
        "traceparent": trace.traceparent if trace else None,
        "next_attempt_at": func.now() + func.make_interval(0, 0, 0, 0, 0, 0, after),
        "state": text(FIRST_STATE).bindparams(planned_from=event_id),
    }
    planned = insert(OutboundCall).values(row).on_conflict_do_nothing()
    session.execute(planned)
    ring_after_commit(session, "outbound")
    key = {"event_id": event_id, "kind": kind, "recipient": recipient}
    return session.execute(select(OutboundCall.id).filter_by(**key)).scalar_one()


def retry_call(session: Session, call_id: UUID, *, also_done: bool = False) -> OutboundCall:
    """Let a dead call run again, a waiting one now; others stay. Ten presses are one delivery.

    Whatever a dead call did before counts as unknown: its effect asks first. `also_done`: a person
    wants what has happened to happen once more. Raises NotFound.
    """
    query = select(OutboundCall).where(OutboundCall.id == call_id).with_for_update()
    call = session.scalars(query).one_or_none()
    if call is None:
        raise NotFound(str(call_id))
    if call.state == "dead" or (also_done and call.state == "done"):
        call.state, call.attempts, call.last_error = "unknown", 0, None
        call.skipped_at = call.skip_reason = call.skipped_by = None
    if call.state in ("pending", "unknown", "accepted"):
        call.next_attempt_at = func.now()
        ring_after_commit(session, "outbound")
    session.flush()
    return call


def revive_calls(session: Session, call_ids: Collection[UUID]) -> None:
    """Let those of the calls that are dead run again, as `retry_call` does, in one statement."""
    dead = update(OutboundCall).where(OutboundCall.id.in_(call_ids), OutboundCall.state == "dead")
    again = {"state": "unknown", "attempts": 0, "last_error": None}
    unskipped = {"skipped_at": None, "skip_reason": None, "skipped_by": None}
    session.execute(dead.values(next_attempt_at=func.now(), **again, **unskipped))
    ring_after_commit(session, "outbound")
