"""Effects outside: once in effect, unknown when in doubt, retried by a person without harm."""

import time
from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import Any, cast
from uuid import UUID

import pytest
from sqlalchemy import text

from common.delivery import (
    Accepted,
    Again,
    Call,
    Dead,
    Done,
    OutboundCall,
    Outcome,
    Unknown,
    plan_call,
    retry_call,
)
from common.delivery.outbound import Kind, kinds
from common.delivery.outbound_leases import claim_call, end_expired_leases
from common.delivery.outbound_pool import OutboundPool
from common.delivery.outbound_runner import perform, store_outcome
from common.errors import NotFound
from common.ids import new_id

from .conftest import Toy, wait_for
from .toys.service import note_change

pytestmark = pytest.mark.integration


def make_kind(effect: Callable[[Any, Call], Outcome], *, attempts: int = 30) -> Kind:
    return Kind("letter", effect, 60, 2, attempts, note_change)


def plan(toy: Toy, *, event_id: UUID | None = None, recipient: str = "a", **more: Any) -> UUID:
    row = {"kind": "letter", "recipient": recipient, "payload": {"number": 7}, "maker_id": None}
    with toy.database.transaction() as session:
        return plan_call(session, event_id=event_id or new_id(), **row, **more)


def run_due(toy: Toy, effect: Callable[[Any, Call], Outcome], *, attempts: int = 30) -> None:
    kind = make_kind(effect, attempts=attempts)
    toy.run("update outbound_call set next_attempt_at = now()")
    call = claim_call(toy.database, kind)
    assert call is not None
    perform(toy.database, None, kind, call)


def the_call(toy: Toy) -> OutboundCall:
    with toy.database.transaction() as session:
        return session.query(OutboundCall).one()


def test_a_call_is_planned_once_per_event_kind_and_recipient(alpha: Toy) -> None:
    event_id = new_id()
    first = plan(alpha, event_id=event_id)
    assert plan(alpha, event_id=event_id) == first
    assert plan(alpha, event_id=event_id, recipient="b") != first
    assert alpha.count("outbound_call") == 2


def test_it_runs_outside_any_transaction_and_the_change_is_told(alpha: Toy) -> None:
    plan(alpha)
    seen: list[Call] = []

    def effect(_: Any, call: Call) -> Outcome:
        seen.append(call)
        alpha.run("update outbound_call set note = 'nobody holds this row'")
        return Done("remote-1", result={"slip": "S-1"})

    run_due(alpha, effect)
    call = the_call(alpha)
    assert (call.state, call.remote_id, call.result) == ("done", "remote-1", {"slip": "S-1"})
    assert call.done_at is not None
    assert (seen[0].previous_state, seen[0].payload) == ("pending", {"number": 7})
    assert alpha.count("changes where state = 'done'") == 1


def test_a_crash_while_sending_is_unknown_and_the_effect_may_ask(alpha: Toy) -> None:
    plan(alpha)
    kind = make_kind(lambda *_: Done())
    assert claim_call(alpha.database, kind) is not None
    assert claim_call(alpha.database, kind) is None
    assert end_expired_leases(alpha.database) == 0
    alpha.run("update outbound_call set lease_until = now() - interval '1 second'")
    assert end_expired_leases(alpha.database) == 1
    assert alpha.count("changes where state = 'unknown'") == 1
    seen: list[str] = []
    run_due(alpha, lambda _, call: seen.append(call.previous_state) or Done("found"))
    assert seen == ["unknown"]
    assert the_call(alpha).state == "done"


def test_an_effect_that_raises_is_unknown(alpha: Toy) -> None:
    plan(alpha)

    def effect(_: Any, call: Call) -> Outcome:
        raise TimeoutError("no reply\nsecret detail")

    run_due(alpha, effect)
    call = the_call(alpha)
    assert (call.state, call.last_error) == ("unknown", "TimeoutError: no reply")


def test_again_keeps_what_was_known_and_pauses_grow(alpha: Toy) -> None:
    plan(alpha)
    states = []
    for outcome in (Again(None, "busy"), Unknown("no reply"), Again(None, "busy")):
        run_due(alpha, lambda *_, outcome=outcome: outcome)
        states.append(the_call(alpha).state)
    assert states == ["pending", "unknown", "unknown"]
    long = "next_attempt_at between now() + interval '35 s' and now() + interval '41 s'"
    assert alpha.count(f"outbound_call where attempts = 3 and {long}") == 1


def test_a_look_at_what_is_accepted_is_no_attempt(alpha: Toy) -> None:
    plan(alpha)
    seen: list[tuple[str, str | None]] = []

    def effect(_: Any, call: Call) -> Outcome:
        seen.append((call.previous_state, call.remote_id))
        return Accepted("queue-1", 10) if len(seen) < 3 else Done()

    for _ in range(3):
        run_due(alpha, effect)
    assert seen == [("pending", None), ("accepted", "queue-1"), ("accepted", "queue-1")]
    call = the_call(alpha)
    assert (call.state, call.attempts, call.remote_id) == ("done", 1, "queue-1")


def test_it_is_dead_when_its_attempts_are_used_up(alpha: Toy) -> None:
    plan(alpha)
    for _ in range(3):
        run_due(alpha, lambda *_: Again(0, "no"), attempts=3)
    assert the_call(alpha).state == "dead"


def test_an_outcome_that_comes_too_late_is_dropped(alpha: Toy) -> None:
    plan(alpha)
    kind = make_kind(lambda *_: Done())
    zombie = claim_call(alpha.database, kind)
    assert zombie is not None
    alpha.run("update outbound_call set lease_until = now() - interval '1 second'")
    end_expired_leases(alpha.database)
    run_due(alpha, lambda *_: Done("second"))
    assert not store_outcome(alpha.database, kind, zombie.id, zombie.fencing, Dead("late"))
    assert the_call(alpha).remote_id == "second"


def test_a_repeated_store_after_a_lost_commit_changes_nothing(alpha: Toy) -> None:
    plan(alpha)
    kind = make_kind(lambda *_: Done())
    call = claim_call(alpha.database, kind)
    assert call is not None
    stored = [
        store_outcome(alpha.database, kind, call.id, call.fencing, Unknown("?")) for _ in range(2)
    ]
    assert stored == [True, False]
    assert alpha.count("changes") == 1


def test_ten_presses_of_retry_are_one_delivery(alpha: Toy) -> None:
    call_id = plan(alpha)
    run_due(alpha, lambda *_: Dead("address refused"))
    sent: list[str] = []
    for _ in range(10):
        with alpha.database.transaction() as session:
            retry_call(session, call_id)
    run_due(alpha, lambda _, call: sent.append(call.previous_state) or Done())
    for _ in range(10):
        with alpha.database.transaction() as session:
            assert retry_call(session, call_id).state == "done"
    assert claim_call(alpha.database, make_kind(lambda *_: Done())) is None
    assert sent == ["unknown"]


def test_retrying_what_is_not_there_is_refused(alpha: Toy) -> None:
    with alpha.database.transaction() as session, pytest.raises(NotFound):
        retry_call(session, new_id())


def test_calls_that_share_a_key_go_one_at_a_time(alpha: Toy) -> None:
    for recipient, key in (("a", "shop"), ("b", "shop"), ("c", "other"), ("d", None)):
        plan(alpha, recipient=recipient, one_at_a_time=key)
    kind = make_kind(lambda *_: Done())
    claimed = [call.recipient for call in iter(lambda: claim_call(alpha.database, kind), None)]
    assert sorted(claimed) == ["a", "c", "d"]
    with pytest.raises(Exception, match="uq_outbound_call_in_flight"):
        alpha.run("update outbound_call set state = 'sending'")


def test_the_pool_performs_side_by_side_and_all(beta: Toy) -> None:
    for number in range(10):
        plan(beta, recipient=str(number))

    class Deps:
        database = beta.database

    pool = OutboundPool(beta.database, Deps())

    def is_done() -> bool:
        pool.step()
        return beta.count("outbound_call where state = 'done'") == 10

    wait_for(is_done, what="all letters")
    assert beta.count("letters") == 10
    with beta.database.transaction() as session:
        assert session.scalar(text("select max(attempts) from outbound_call")) == 1


def test_whoever_lives_keeps_the_lease_and_whoever_died_is_noticed_soon(
    alpha: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I16: a lease is short, for a performer renews it as long as the effect may take."""
    may_end, performed = Event(), list[UUID]()

    def take_long(_: Any, call: Call) -> Outcome:
        performed.append(call.id)
        may_end.wait(60)
        return Done("there")

    monkeypatch.setitem(cast(dict[str, Kind], kinds()), "letter", make_kind(take_long))
    call_id = plan(alpha)
    pool, until = OutboundPool(alpha.database, None, longest_lease=2), time.monotonic() + 5
    while time.monotonic() < until:
        pool.step()
        assert end_expired_leases(alpha.database) == 0
        time.sleep(0.1)
    assert the_call(alpha).state == "sending"

    wait_for(lambda: end_expired_leases(alpha.database) == 1, what="the end of a dead one's lease")
    may_end.set()
    wait_for(lambda: the_call(alpha).state == "done", what="its outcome, late but true")
    assert performed == [call_id]


def test_the_dead_are_looked_after_when_the_doubt_is_over(
    alpha: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = replace(make_kind(lambda *_: Done()), doubt=60)
    monkeypatch.setitem(cast(dict[str, Kind], kinds()), "letter", kind)
    plan(alpha)
    assert claim_call(alpha.database, kind)
    alpha.run("update outbound_call set lease_until = now() - interval '1 second'")
    assert end_expired_leases(alpha.database) == 1
    assert claim_call(alpha.database, kind) is None

    alpha.run("update outbound_call set next_attempt_at = next_attempt_at - interval '60 s'")
    call = claim_call(alpha.database, kind)
    assert call is not None
    assert call.previous_state == "unknown"


def test_a_call_may_be_left_to_its_planner_for_a_while(alpha: Toy) -> None:
    plan(alpha, after=30)
    kind = make_kind(lambda _, __: Done())
    assert claim_call(alpha.database, kind) is None

    alpha.run("update outbound_call set next_attempt_at = next_attempt_at - interval '30 s'")
    assert claim_call(alpha.database, kind) is not None


def test_a_person_may_want_what_happened_once_more(alpha: Toy) -> None:
    call_id = plan(alpha)
    run_due(alpha, lambda *_: Done())
    sent: list[str] = []
    for _ in range(10):
        with alpha.database.transaction() as session:
            assert retry_call(session, call_id, also_done=True).state == "unknown"
    run_due(alpha, lambda _, call: sent.append(call.previous_state) or Done())
    assert sent == ["unknown"]


def test_an_effect_that_kills_its_process_dies_out(alpha: Toy) -> None:
    """F9: nobody is left to store an outcome, so the leases that expire are counted."""
    plan(alpha)
    tries = kinds()["letter"].attempts
    for _ in range(tries):
        assert claim_call(alpha.database, kinds()["letter"]) is not None
        alpha.run("update outbound_call set lease_until = now() - interval '1 second'")
        end_expired_leases(alpha.database)
    call = the_call(alpha)
    assert (call.state, call.attempts) == ("dead", tries)
    assert alpha.count("changes where state = 'dead'") == 1


def test_the_outcome_of_a_last_try_thought_dead_is_still_stored(alpha: Toy) -> None:
    plan(alpha)
    kind = kinds()["letter"]
    slow = claim_call(alpha.database, kind)
    assert slow is not None
    alpha.run("update outbound_call set lease_until = now() - interval '1 second', attempts = 30")
    end_expired_leases(alpha.database)
    assert the_call(alpha).state == "dead"
    assert store_outcome(alpha.database, kind, slow.id, slow.fencing, Done("there after all"))
    assert the_call(alpha).state == "done"
