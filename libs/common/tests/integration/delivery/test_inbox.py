"""Receiving: repeats absorbed, failures tried again and parked, zombies without effect."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from common.delivery import Envelope, Later, inbox, publish
from common.delivery.handlers import EventIn, on_event
from common.delivery.sweeper import sweep

from .conftest import Toy
from .toys.service import thing

pytestmark = pytest.mark.integration


def wire(toy: Toy, number: int, **changes: Any) -> dict[str, Any]:
    with toy.database.transaction() as session:
        event_id = publish(session, thing(number))
        query = text("select envelope from outbox_event where id = :id")
        return {**(session.scalar(query, {"id": event_id}) or {}), **changes}


@pytest.fixture(autouse=True)
def _as_alpha(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICE", "alpha")


def receive(toy: Toy, *wires: dict[str, Any]) -> list[tuple[str, list[str]]]:
    acks: list[tuple[str, list[str]]] = []
    inbox.receive(toy.database, wires, lambda producer, ids: acks.append((producer, list(ids))))
    return acks


def make_due(toy: Toy) -> None:
    toy.run("update inbox set next_attempt_at = now()")


def test_a_repeat_is_acknowledged_and_absorbed(alpha: Toy) -> None:
    event = wire(alpha, 1)
    for _ in range(3):
        assert receive(alpha, event, event) == [("alpha", [event["id"], event["id"]])]
    assert alpha.count("ledger") == alpha.count("inbox where processed_at is not null") == 1


def test_poison_is_dead_after_eight_attempts_and_blocks_nobody(alpha: Toy) -> None:
    receive(alpha, wire(alpha, -1), wire(alpha, 1))
    assert alpha.count("ledger") == 1
    for attempt in range(2, 12):
        make_due(alpha)
        sweep(alpha.database)
        assert alpha.count("inbox where dead_at is not null") == int(attempt >= 8)
    dead = "inbox where dead_at is not null and attempts = 8"
    assert alpha.count(f"{dead} and last_error = 'RuntimeError: poison'") == 1
    assert alpha.count(f"{dead} and envelope -> 'payload' ->> 'number' = '-1'") == 1
    assert alpha.count("ledger") == 1


def test_what_kills_the_process_is_dead_too(alpha: Toy) -> None:
    event = wire(alpha, 1)
    inbox.write_receipts(alpha.database, [event])
    # Eight processes counted their attempt and died before they could tell.
    alpha.run("update inbox set attempts = 8, next_attempt_at = now()")
    sweep(alpha.database)
    assert alpha.count("inbox where dead_at is not null") == 1
    assert alpha.count("ledger") == 0


def test_what_nobody_reads_is_dead_at_once(alpha: Toy) -> None:
    receive(alpha, wire(alpha, 1, name="alpha.thing_happened.v9"))
    receive(alpha, wire(alpha, 2, payload={"number": "many"}))
    receive(alpha, wire(alpha, 3, payload={"number": 3, "added_later": True}))
    assert alpha.count("inbox where dead_at is not null and attempts = 1") == 2
    assert alpha.count("inbox where last_error like '%nothing here reads%'") == 1
    assert alpha.count("inbox where last_error like '%Not a valid integer%'") == 1
    assert alpha.count("ledger") == 1


def test_the_sweeper_needs_no_message(alpha: Toy) -> None:
    inbox.write_receipts(alpha.database, [wire(alpha, number) for number in range(3)])
    sweep(alpha.database)
    assert alpha.count("ledger") == 0, "the receiver has five seconds to do it"
    make_due(alpha)
    sweep(alpha.database)
    sweep(alpha.database)
    assert alpha.count("ledger") == 3


def test_later_undoes_and_counts_no_attempt(alpha: Toy) -> None:
    tries: list[int] = []

    @on_event("alpha.early_bird_came.v1", reads=EventIn)
    def wait_twice(session: Session, *, envelope: Envelope) -> None:
        session.execute(text("insert into ledger values (:id, 0)"), {"id": envelope.id})
        tries.append(1)
        if len(tries) < 3:
            raise Later(30, "the link is not here yet")

    receive(alpha, wire(alpha, 1, name="alpha.early_bird_came.v1"))
    assert alpha.count("inbox where attempts = 0 and last_error like 'the link%'") == 1
    assert alpha.count("inbox where next_attempt_at > now() + interval '25 seconds'") == 1
    for _ in range(3):
        make_due(alpha)
        sweep(alpha.database)
    assert alpha.count("ledger") == alpha.count("inbox where processed_at is not null") == 1


def test_a_zombie_does_nothing(alpha: Toy) -> None:
    event = wire(alpha, 1)
    [event_id] = inbox.write_receipts(alpha.database, [event])
    alpha.run("update inbox set attempts = 2")
    inbox._apply(alpha.database, event_id, 1)
    assert alpha.count("ledger") == 0
    inbox._fail(alpha.database, event_id, 1, RuntimeError(), dead=True)
    assert alpha.count("inbox where dead_at is not null") == 0


def test_an_error_is_kept_without_the_data_it_quotes(alpha: Toy) -> None:
    assert inbox.first_line(ValueError("no\nDETAIL: Key (email)=(a@b.example)")) == "ValueError: no"
