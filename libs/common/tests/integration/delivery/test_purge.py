"""Retention (K12): what is done goes after its time; what is owed, unhandled or dead stays."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from common.delivery.purge import purge_delivery
from common.ids import first_id_at

from .conftest import Toy

pytestmark = pytest.mark.integration

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)

EVENT = text("""
insert into outbox_event (id, name, aggregate_id, aggregate_seq, envelope, created_at)
values (:id, 'toys.filled.v1', :id, 1, '{}', :at)
""")
DELIVERY = text("""
insert into outbox_delivery (event_id, subscriber, size, state, created_at, acked_at)
values (:id, 'beta', 2, :state, :at, case when :state = 'acked' then cast(:at as timestamptz) end)
""")
RECEIPT = text("""
insert into inbox (event_id, producer, name, envelope, received_at, processed_at, dead_at)
values (:id, 'beta', 'toys.filled.v1', '{}', :at,
  case when :state = 'processed' then cast(:at as timestamptz) end,
  case when :state = 'dead' then cast(:at as timestamptz) end)
""")
CALL = text("""
insert into outbound_call (id, event_id, kind, recipient, payload, state, created_at, done_at)
values (:id, :id, 'mail', 'somebody', '{}', :state, :at,
  case when :state = 'done' then cast(:at as timestamptz) end)
""")


def ids(days: int, *, count: int = 1) -> list[dict[str, object]]:
    at = NOW - timedelta(days=days)
    start = first_id_at(at).int
    return [{"id": UUID(int=start + number), "at": at} for number in range(count)]


def fill_outbox(toy: Toy, days: int, states: list[str]) -> None:
    rows = ids(days, count=len(states))
    stated = [row | {"state": state} for row, state in zip(rows, states, strict=True)]
    with toy.database.transaction() as session:
        session.execute(EVENT, rows)
        session.execute(DELIVERY, stated)


def fill_inbox(toy: Toy, days: int, states: list[str]) -> None:
    rows = ids(days, count=len(states))
    stated = [row | {"state": state} for row, state in zip(rows, states, strict=True)]
    with toy.database.transaction() as session:
        session.execute(RECEIPT, stated)


def fill_calls(toy: Toy, days: int, states: list[str]) -> None:
    rows = ids(days, count=len(states))
    stated = [row | {"state": state} for row, state in zip(rows, states, strict=True)]
    with toy.database.transaction() as session:
        session.execute(CALL, stated)


def test_a_filled_outbox_keeps_what_is_owed_or_young(alpha: Toy) -> None:
    fill_outbox(alpha, 31, ["acked"] * 250 + ["skipped", "pending", "sent"])
    fill_outbox(alpha, 29, ["acked"] * 3)
    alpha.run("insert into aggregate_sequence select aggregate_id, aggregate_seq from outbox_event")

    purged = purge_delivery(alpha.database, now=NOW, batch=100)

    assert purged == {"outbox_delivery": 251, "outbox_event": 251, "inbox": 0, "outbound_call": 0}
    assert alpha.count("outbox_delivery") == alpha.count("outbox_event") == 5
    assert alpha.count("aggregate_sequence") == 256


def test_a_filled_inbox_keeps_what_is_dead_unhandled_or_young(alpha: Toy) -> None:
    fill_inbox(alpha, 91, ["processed"] * 250 + ["dead", "open"])
    fill_inbox(alpha, 89, ["processed"] * 2)

    purged = purge_delivery(alpha.database, now=NOW, batch=100)

    assert purged["inbox"] == 250
    assert alpha.count("inbox") == 4


def test_a_purge_ends_between_batches_when_the_process_stops(alpha: Toy) -> None:
    fill_inbox(alpha, 91, ["processed"])
    assert purge_delivery(alpha.database, now=NOW, is_stopping=lambda: True)["inbox"] == 0
    assert alpha.count("inbox") == 1


def test_calls_outside_stay_while_they_are_owed_dead_young_or_their_event_is_known(
    alpha: Toy,
) -> None:
    fill_calls(alpha, 91, ["done"] * 250 + ["dead", "unknown", "pending", "accepted"])
    fill_calls(alpha, 89, ["done"])
    fill_calls(alpha, 95, ["done"])
    fill_inbox(alpha, 95, ["dead"])

    purged = purge_delivery(alpha.database, now=NOW, batch=100)

    assert purged["outbound_call"] == 250
    assert alpha.count("outbound_call") == 6
