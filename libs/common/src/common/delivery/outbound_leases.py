"""Who performs a call just now: a lease with a fence, and what follows when it runs out (K8)."""

import math
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from common.context import Trace, traced
from common.db import Database, act_as
from common.delivery.outbound import Kind, kinds
from common.delivery.tables import OutboundCall

LEASE = 30.0
"""Seconds after which a performer who died is noticed; whoever lives renews his in time (I16)."""

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
    and not exists (
      select from delivery_pause as pause
      where pause.kind = 'effect' and pause.name = due.kind
        and pause.key in ('', due.one_at_a_time))
  order by next_attempt_at limit 1 for update skip locked)
returning id
""")

# Whoever has lost a lease, by the sweeper's word or another's fence, does not get it back.
RENEW = text("""
update outbound_call set lease_until = now() + make_interval(secs => :lease)
from unnest(cast(:ids as uuid[]), cast(:fences as int[])) as held(call_id, fence)
where id = held.call_id and fencing = held.fence and state = 'sending'
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
    values = {"kind": kind.name, "lease": min(LEASE, longest_lease)}
    try:
        with database.transaction() as session:
            call_id = session.scalar(CLAIM, values)
            return session.get_one(OutboundCall, call_id) if call_id else None
    except IntegrityError:
        return None  # Somebody took the other call of the same key in the same moment.


def renew_leases(
    database: Database, calls: Iterable[OutboundCall], *, longest_lease: float = math.inf
) -> None:
    """Keep the leases of calls that are being performed here."""
    held = list(calls)
    values = {"ids": [call.id for call in held], "fences": [call.fencing for call in held]}
    with database.transaction() as session:
        session.execute(RENEW, values | {"lease": min(LEASE, longest_lease)})


def end_expired_leases(database: Database, *, longest_pause: float = math.inf) -> int:
    """Turn calls whose performer is gone into unknown, due after their doubt; return how many.

    After the last try they are dead: an effect that kills its process would go on doing so (F9).
    """
    with database.transaction() as session:
        calls = session.scalars(EXPIRED).all()
        for call in calls:
            call.state, call.lease_until = "dead" if _was_last_try(call) else "unknown", None
            call.next_attempt_at = _after_doubt(call, longest_pause)
            call.last_error = "the process that performed it is gone"
            tell_change(session, call)
        return len(calls)


def _after_doubt(call: OutboundCall, longest_pause: float) -> ColumnElement[Any]:
    kind = kinds().get(call.kind)
    seconds = min(kind.doubt if kind else 0, longest_pause)
    return func.now() + func.make_interval(0, 0, 0, 0, 0, 0, seconds)


def _was_last_try(call: OutboundCall) -> bool:
    kind = kinds().get(call.kind)
    return kind is not None and call.attempts >= kind.attempts


def tell_change(session: Session, call: OutboundCall) -> None:
    """Tell the kind's hook, in this transaction, as the call's maker."""
    call.changed_at = func.now()
    session.flush()
    session.refresh(call)
    kind = kinds().get(call.kind)
    if kind is None or kind.on_change is None:
        return
    if call.maker_id is not None:
        act_as(session, call.maker_id)
    with traced(Trace(call.request_id or call.id.hex, call.traceparent)):
        kind.on_change(session, call)
