"""What operators are shown row by row: all of it, in an order that can be leafed through."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from common.delivery import Again, Dead, inbox
from common.delivery.jobs import claim_job, finish_job, install_jobs, jobs
from common.delivery.outbound_leases import claim_call
from common.delivery.relay import relay_due
from common.errors import Invalid
from common.operations.acting import replay_group, replay_letter
from common.operations.cursors import Cursor
from common.operations.deliveries import skip_delivery
from common.operations.groups import list_groups
from common.operations.holding import Destination, pause
from common.operations.hurrying import hurry
from common.operations.jobs import JobSeen, list_jobs, run_job_now
from common.operations.letters import Wanted
from common.operations.pace import EACH_SECOND, TooManyReplays
from common.operations.refusals import DeliveryNotFound, JobNotFound
from common.operations.rows import RowPage, Sought, WaitingRow
from common.operations.waiting import list_calls, list_inbox, list_outbox

from .conftest import Toy
from .operating import ADA, NAME, actions, do, kill_events, letters
from .test_inbox import wire
from .test_outbound import make_kind, plan, run_due
from .test_outbox import publish_at_once, remember

pytestmark = [pytest.mark.integration, pytest.mark.rule("K11")]


@pytest.fixture(autouse=True)
def _as_alpha(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICE", "alpha")


def leaf_through(
    toy: Toy, list_rows: Callable[[Session, Sought], RowPage], *, limit: int, **sought: Any
) -> list[WaitingRow]:
    page = do(toy, list_rows, Sought(limit=limit, **sought))
    seen = list(page.rows)
    while page.next_after is not None:
        assert len(page.rows) == limit
        after = Cursor.read(str(page.next_after))
        page = do(toy, list_rows, Sought(limit=limit, after=after, **sought))
        seen += page.rows
        assert len(seen) < 100, "the pages go round in circles"
    return seen


def test_each_delivery_is_listed_once_with_its_age_and_reason(alpha: Toy) -> None:
    publish_at_once(alpha, 5)
    alpha.run("update outbox_delivery set created_at = now() - interval '2 hours'")
    publish_at_once(alpha, 2)
    relay_due(alpha.database, remember([]), has_room=lambda name: name == "alpha")
    beta = Destination(kind="subscriber", name="beta")
    do(alpha, pause, ADA, beta, services=["beta"], reason="it is moved")

    seen = leaf_through(alpha, list_outbox, limit=3)
    assert len({(row.id, row.destination) for row in seen}) == len(seen) == 14
    assert [row.next_at for row in seen] == sorted(row.next_at for row in seen)
    reasons = {(row.destination, row.reason, row.pause_reason) for row in seen}
    assert reasons == {("alpha", "not_acknowledged", None), ("beta", "paused", "it is moved")}
    old = leaf_through(alpha, list_outbox, limit=4, name="beta", older_than=timedelta(hours=1))
    assert len(old) == 5
    assert {row.age // timedelta(hours=1) for row in old} == {2}
    assert {row.name for row in old} == {NAME}
    assert len(leaf_through(alpha, list_outbox, limit=50, state="pending")) == 7


def test_each_event_that_waits_is_listed_with_its_masked_error(alpha: Toy) -> None:
    inbox.write_receipts(alpha.database, [wire(alpha, number) for number in range(7)])
    alpha.run(
        "update inbox set attempts = 2, last_error = 'ada@example.com is gone' where event_id ="
        " (select max(event_id::text)::uuid from inbox)"
    )
    seen = leaf_through(alpha, list_inbox, limit=3)
    assert len({row.id for row in seen}) == len(seen) == 7
    assert sorted((row.reason, row.error) for row in seen)[0] == ("failed", "…@… is gone")
    assert {row.reason for row in seen} == {"failed", "not_tried"}
    assert leaf_through(alpha, list_inbox, limit=3, name="alpha.other.v1") == []


def test_each_call_that_is_not_done_is_listed_under_way_or_not(alpha: Toy) -> None:
    for number in range(5):
        plan(alpha, recipient=f"reader{number}", one_at_a_time=f"shop{number}")
    run_due(alpha, lambda *_: Again(60, "they rest until +81 3-1234-5678 answers"))
    run_due(alpha, lambda *_: Dead("no such box"))
    alpha.run("update outbound_call set next_attempt_at = now() where state = 'pending'")
    claim_call(alpha.database, make_kind(lambda *_: Dead("")))
    seen = leaf_through(alpha, list_calls, limit=2)
    assert len({row.id for row in seen}) == len(seen) == 4
    assert sorted(row.reason for row in seen) in (
        ["failed", "not_tried", "not_tried", "sending"],
        ["failed", "not_tried", "not_tried", "not_tried"],
    )
    assert {row.error for row in seen} == {"", "they rest until … answers"}
    assert [row.state for row in leaf_through(alpha, list_calls, limit=9, state="sending")] == [
        "sending"
    ]


@pytest.mark.parametrize("nonsense", ["", "x", "1~2~3", "a~b", f"9{'9' * 40}~{uuid4()}~"])
def test_what_is_no_place_in_a_list_is_refused(nonsense: str) -> None:
    with pytest.raises(Invalid):
        Cursor.read(nonsense)


def test_a_skipped_delivery_is_never_sent_and_the_other_one_is(alpha: Toy) -> None:
    publish_at_once(alpha, 1)
    [first, _] = do(alpha, list_outbox).rows
    given = {"event_id": first.id, "subscriber": "beta"}
    with pytest.raises(Invalid):
        do(alpha, skip_delivery, ADA, **given, reason="")
    with pytest.raises(DeliveryNotFound):
        do(alpha, skip_delivery, ADA, event_id=first.id, subscriber="gamma", reason="a try")
    assert do(alpha, skip_delivery, ADA, **given, reason="beta asked ada@example.com") == 1
    assert do(alpha, skip_delivery, ADA, **given, reason="again") == 0
    sent: list[tuple[str, int]] = []
    relay_due(alpha.database, remember(sent))
    assert sent == [("alpha", 1)]
    assert actions(alpha) == [("delivery_skipped", 1, "beta asked …@…")]


def test_same_failures_are_one_group_whatever_they_quote(alpha: Toy) -> None:
    for number in range(3):
        kill_events(alpha, number, error=f"550 <buyer{number}@shop.example> of {uuid4()}: no box")
    kill_events(alpha, 4, error="552 mailbox full")
    groups = do(alpha, list_groups)
    assert [(group.number, group.error[:4]) for group in groups] == [(3, "550 "), (1, "552 ")]
    assert groups[0].oldest < groups[0].newest
    one = Wanted(kind="event", name=NAME, error_key=groups[0].error_key)
    assert len(letters(alpha, error_key=groups[0].error_key)) == 3
    assert do(alpha, replay_group, ADA, one, expected=3) == 3
    assert [letter.error for letter in letters(alpha)] == ["552 mailbox full"]


def test_a_large_group_goes_back_in_portions(alpha: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("common.operations.pace.EACH_MINUTE", 2 * EACH_SECOND + 5)
    inbox.write_receipts(alpha.database, [wire(alpha, 0) for _ in range(2 * EACH_SECOND + 5)])
    kill_events(alpha, 0)
    group = Wanted(kind="event", name=NAME)
    with pytest.raises(TooManyReplays):
        do(alpha, replay_group, ADA, group, expected=2 * EACH_SECOND + 6)
    assert alpha.count("inbox where dead_at is null") == 0
    alpha.run("delete from inbox where event_id = (select max(event_id::text)::uuid from inbox)")

    do(alpha, replay_group, ADA, group, expected=2 * EACH_SECOND + 5)
    for second, due in enumerate((EACH_SECOND, 2 * EACH_SECOND, 2 * EACH_SECOND + 5)):
        first = "(select min(next_attempt_at) from inbox)"
        within = f"inbox where next_attempt_at - {first} <= interval '{second} s'"
        assert alpha.count(within) == due
    kill_events(alpha, 1)
    with pytest.raises(TooManyReplays):
        do(alpha, replay_letter, ADA, kind="event", letter_id=letters(alpha)[0].id)


def test_a_portion_of_calls_waits_its_turn(alpha: Toy) -> None:
    for number in range(EACH_SECOND + 2):
        plan(alpha, recipient=f"reader{number}")
    alpha.run("update outbound_call set state = 'dead', last_error = 'no'")
    group = Wanted(kind="call", name="letter")
    assert do(alpha, replay_group, ADA, group, expected=EACH_SECOND + 2) == EACH_SECOND + 2
    assert alpha.count("outbound_call where state = 'unknown'") == EACH_SECOND + 2
    late = "(select min(next_attempt_at) from outbound_call) + interval '1 s'"
    assert alpha.count(f"outbound_call where next_attempt_at = {late}") == 2


def the_job(toy: Toy) -> JobSeen:
    return next(job for job in do(toy, list_jobs) if job.name == "toys.tick")


def test_a_job_is_run_now_and_not_twice_at_once(alpha: Toy) -> None:
    install_jobs(alpha.database)
    job = jobs()["toys.tick"]
    run = claim_job(alpha.database, job)
    assert run is not None
    assert the_job(alpha).state == "running"
    assert do(alpha, run_job_now, ADA, name="toys.tick") == 0
    finish_job(alpha.database, run, error="TimeoutError: tel 03-1234-5678 did not answer")
    alpha.run("update scheduled_job set next_run_at = now() + interval '1 hour'")
    assert claim_job(alpha.database, job) is None
    assert (the_job(alpha).state, the_job(alpha).error) == (
        "failed",
        "TimeoutError: tel … did not answer",
    )
    assert do(alpha, run_job_now, ADA, name="toys.tick") == 1
    assert claim_job(alpha.database, job) is not None
    with pytest.raises(JobNotFound):
        do(alpha, run_job_now, ADA, name="toys.tock")
    assert actions(alpha) == [("job_hurried", 1, None)]


def test_what_waits_is_tried_now_for_each_kind_of_destination(alpha: Toy) -> None:
    publish_at_once(alpha, 2)
    relay_due(alpha.database, remember([]))
    inbox.write_receipts(alpha.database, [wire(alpha, 1)])
    for kind, name, waiting in (("subscriber", "beta", 2), ("handler", NAME, 1)):
        destination = Destination(kind=kind, name=name)
        assert [do(alpha, hurry, ADA, destination) for _ in range(2)] == [waiting, 0]
    assert alpha.count("outbox_delivery where subscriber = 'beta' and next_attempt_at <= now()") > 1
    assert actions(alpha) == [("hurried", 2, None), ("hurried", 1, None)]
