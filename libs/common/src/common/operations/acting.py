"""Replay and skip: what operators do to dead letters. Each is written down with who and why."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.delivery.outbound import revive_calls
from common.operations.doer import Doer
from common.operations.groups import MOST_AT_ONCE
from common.operations.letters import EVENT, ID, Wanted, newest_of
from common.operations.log import record_action
from common.operations.pace import PORTIONS, check_pace
from common.operations.refusals import LetterNotFound, NumberChanged, read_reason

IS_THERE = {
    "event": text("select event_id from inbox where event_id = :id"),
    "call": text("select id from outbound_call where id = :id"),
}
DEAD = {
    "event": "from inbox where dead_at is not null",
    "call": "from outbound_call where state = 'dead' and skipped_at is null",
}
LOCK_ONE = {
    kind: text(f"select {ID[kind]} {DEAD[kind]} and {ID[kind]} = :id for update") for kind in DEAD
}
# The same letters that the group was counted from, the oldest of them first.
LOCK_GROUP = {
    kind: text(f"""
select {ID[kind]} {DEAD[kind]} and {ID[kind]} in (
  select id from {newest_of(kind)} as letters (kind, id, name, since, attempts, error, error_key)
  where name = :name and (cast(:error_key as text) is null or error_key = :error_key)
  order by since, id limit :most)
order by {ID[kind]} for update
""")  # noqa: S608 - nothing but our own words.
    for kind in DEAD
}
REPLAY_EVENTS = text(f"""
update inbox set dead_at = null, attempts = 0, next_attempt_at = portion.due_at
from ({PORTIONS}) as portion where event_id = portion.id and dead_at is not null
""")  # noqa: S608
SPREAD_CALLS = text(f"""
update outbound_call as call set next_attempt_at = portion.due_at
from ({PORTIONS}) as portion where call.id = portion.id and state = 'unknown'
""")  # noqa: S608
# A skipped event counts as processed, so that nobody waits for it and it is forgotten in its time.
SKIP_EVENTS = text("""
update inbox set processed_at = now(), dead_at = null,
  skipped_at = now(), skip_reason = :reason, skipped_by = :by
where event_id = any(:ids) and dead_at is not null
""")
SKIP_CALLS = text("""
update outbound_call set skipped_at = now(), skip_reason = :reason, skipped_by = :by
where id = any(:ids) and state = 'dead'
""")


def replay_letter(session: Session, doer: Doer, *, kind: str, letter_id: UUID) -> int:
    """Let it be tried anew; return 0 when it is no dead letter any more.

    Its id stays, so that what it did before is known and not done again. Raises LetterNotFound,
    TooManyReplays.
    """
    ids = _lock_one(session, kind, letter_id)
    _replay(session, kind, ids)
    subject = {"kind": kind, "id": str(letter_id)}
    record_action(session, doer, "letter_replayed", subject=subject, number=len(ids))
    return len(ids)


def skip_letter(session: Session, doer: Doer, *, kind: str, letter_id: UUID, reason: str) -> int:
    """Give it up for good; return 0 when it is no dead letter any more.

    Raises Invalid without a reason, LetterNotFound.
    """
    why = read_reason(reason)
    ids = _lock_one(session, kind, letter_id)
    _skip(session, doer, kind, ids, why)
    subject = {"kind": kind, "id": str(letter_id)}
    record_action(session, doer, "letter_skipped", subject=subject, number=len(ids), reason=why)
    return len(ids)


def replay_group(session: Session, doer: Doer, wanted: Wanted, *, expected: int) -> int:
    """Replay the oldest of a group, as many as the operator was told.

    Raises NumberChanged, TooManyReplays.
    """
    ids = _lock_group(session, wanted, expected=expected)
    _replay(session, str(wanted.kind), ids)
    record_action(session, doer, "group_replayed", subject=wanted.values(), number=len(ids))
    return len(ids)


def skip_group(session: Session, doer: Doer, wanted: Wanted, *, expected: int, reason: str) -> int:
    """Skip the oldest of a group, as many as the operator was told.

    Raises Invalid without a reason, NumberChanged.
    """
    why = read_reason(reason)
    ids = _lock_group(session, wanted, expected=expected)
    _skip(session, doer, str(wanted.kind), ids, why)
    subject = wanted.values()
    record_action(session, doer, "group_skipped", subject=subject, number=len(ids), reason=why)
    return len(ids)


def kind_of_letter(session: Session, letter_id: UUID) -> str:
    """Return what kind of letter has, or had, that id. Raises LetterNotFound."""
    for kind, is_there in IS_THERE.items():
        if session.scalar(is_there, {"id": letter_id}) is not None:
            return kind
    raise LetterNotFound("There is no such letter.")


def _lock_one(session: Session, kind: str, letter_id: UUID) -> Sequence[UUID]:
    known = {"id": letter_id}
    if kind not in DEAD or session.scalar(IS_THERE[kind], known) is None:
        raise LetterNotFound("There is no such letter.")
    return session.scalars(LOCK_ONE[kind], known).all()


def _lock_group(session: Session, wanted: Wanted, *, expected: int) -> Sequence[UUID]:
    if wanted.kind not in DEAD or wanted.name is None:
        raise LetterNotFound("There is no such letter.")
    values = {"name": wanted.name, "error_key": wanted.error_key, "most": MOST_AT_ONCE}
    ids = session.scalars(LOCK_GROUP[wanted.kind], values).all()
    if len(ids) != expected:
        raise NumberChanged("The group has changed meanwhile. Please look at it again.")
    return ids


def _replay(session: Session, kind: str, ids: Sequence[UUID]) -> None:
    check_pace(session, len(ids))
    if kind == EVENT:
        session.execute(REPLAY_EVENTS, {"ids": list(ids)})
    else:
        revive_calls(session, ids)
        session.execute(SPREAD_CALLS, {"ids": list(ids)})


def _skip(session: Session, doer: Doer, kind: str, ids: Sequence[UUID], reason: str) -> None:
    statement = SKIP_EVENTS if kind == EVENT else SKIP_CALLS
    session.execute(statement, {"ids": list(ids), "reason": reason, "by": doer.name})
