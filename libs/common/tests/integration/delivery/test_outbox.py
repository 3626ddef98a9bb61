"""Publishing and relaying: rows in the caller's transaction, leased, sent many to a message."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from common.delivery import publish
from common.delivery.acks import mark_acked
from common.delivery.anti_entropy import held, reconcile
from common.delivery.events import Envelope
from common.delivery.inbox import write_receipts
from common.delivery.relay import CLAIM, claim_batch, relay_due
from common.errors import Conflict

from .conftest import Toy
from .toys.service import thing

pytestmark = pytest.mark.integration

Sent = list[tuple[str, int]]


def publish_at_once(toy: Toy, count: int) -> list[UUID]:
    with toy.database.transaction() as session:
        return [publish(session, thing(number)) for number in range(count)]


def remember(sent: Sent) -> Any:
    def send(subscriber: str, envelopes: Sequence[Mapping[str, Any]]) -> None:
        sent.append((subscriber, len(envelopes)))

    return send


def test_an_event_goes_with_its_transaction(alpha: Toy) -> None:
    with suppress(Conflict), alpha.database.transaction() as session:
        publish(session, thing(1))
        raise Conflict
    assert alpha.count("outbox_event") + alpha.count("outbox_delivery") == 0


def test_each_subscriber_is_owed_one_delivery(alpha: Toy) -> None:
    publish_at_once(alpha, 3)
    assert alpha.count("outbox_event") == 3
    for subscriber in ("alpha", "beta"):
        assert alpha.count(f"outbox_delivery where subscriber = '{subscriber}'") == 3


def test_events_of_one_aggregate_are_counted(alpha: Toy) -> None:
    for _ in range(3):
        publish_at_once(alpha, 2)
    with alpha.database.transaction() as session:
        rows = session.scalars(text("select envelope from outbox_event order by id")).all()
    counted = [(row["aggregate"]["id"], row["aggregate"]["seq"]) for row in rows]
    first, second = str(UUID(int=1)), str(UUID(int=2))
    assert counted == [(each, seq) for seq in (1, 2, 3) for each in (first, second)]
    assert Envelope.of_json(rows[0]).as_json() == rows[0]


def test_a_message_takes_two_hundred_deliveries(alpha: Toy) -> None:
    publish_at_once(alpha, 201)
    sent: Sent = []
    while relay_due(alpha.database, remember(sent)):
        pass
    assert sorted(sent) == [("alpha", 1), ("alpha", 200), ("beta", 1), ("beta", 200)]


def test_a_message_stays_under_its_bytes(alpha: Toy) -> None:
    publish_at_once(alpha, 5)
    alpha.run("update outbox_delivery set size = 100 * 1024")
    alpha.run(
        "update outbox_delivery set size = 999 * 1024 where event_id = "
        "(select event_id from outbox_delivery order by event_id desc limit 1)"
    )
    sizes = []
    while ids := claim_batch(alpha.database, "beta").event_ids:
        sizes.append(len(ids))
    assert sizes == [2, 2, 1]


def test_relays_side_by_side_claim_different_rows(alpha: Toy) -> None:
    published = publish_at_once(alpha, 300)
    values = {"subscriber": "beta", "rows": 200, "bytes": 10**6}
    with alpha.database.transaction() as session:
        first = [row.id for row in session.execute(CLAIM, values)]
        second = claim_batch(alpha.database, "beta").event_ids
    assert (len(first), len(second)) == (200, 100)
    assert sorted(first + second) == sorted(published)


def test_what_is_not_acknowledged_falls_due_again_later_and_later(alpha: Toy) -> None:
    publish_at_once(alpha, 1)
    leases = []
    for _ in range(5):
        assert len(claim_batch(alpha.database, "beta").event_ids) == 1
        assert claim_batch(alpha.database, "beta").event_ids == []
        with alpha.database.transaction() as session:
            query = "select extract(epoch from next_attempt_at - now()) from outbox_delivery"
            leases.append(float(session.scalar(text(f"{query} where subscriber = 'beta'")) or 0))
        alpha.run("update outbox_delivery set next_attempt_at = now()")
    for lease, limit in zip(leases, (10, 20, 40, 60, 60), strict=True):
        assert limit * 0.85 < lease <= limit


def test_an_acknowledged_delivery_is_never_sent_again(alpha: Toy) -> None:
    [event_id] = publish_at_once(alpha, 1)
    with alpha.database.transaction() as session:
        assert mark_acked(session, subscriber="beta", event_ids=[event_id]) == 1
        assert mark_acked(session, subscriber="beta", event_ids=[event_id]) == 0
    assert claim_batch(alpha.database, "beta").event_ids == []
    assert claim_batch(alpha.database, "alpha").event_ids == [event_id]


def test_a_broker_that_is_away_costs_two_seconds_not_a_lease(alpha: Toy) -> None:
    def refuse(subscriber: str, envelopes: Sequence[Mapping[str, Any]]) -> None:
        raise ConnectionError

    publish_at_once(alpha, 1)
    assert relay_due(alpha.database, refuse) is False
    soon = "next_attempt_at < now() + interval '3 seconds'"
    assert alpha.count(f"outbox_delivery where state = 'sent' and {soon}") == 2


def test_a_lost_acknowledgement_is_asked_for(alpha: Toy, beta: Toy) -> None:
    lost, never_arrived = publish_at_once(alpha, 2)
    with alpha.database.transaction() as session:
        query = text("select envelope from outbox_event where id = :id")
        write_receipts(beta.database, [session.scalar(query, {"id": lost}) or {}])

    def ask_held(subscriber: str, event_ids: Any) -> list[UUID]:
        with beta.database.transaction() as session:
            return held(session, event_ids) if subscriber == "beta" else []

    assert reconcile(alpha.database, ask_held, older_than=300) == 0, "nothing is overdue yet"
    assert reconcile(alpha.database, ask_held, older_than=0) == 1
    open_ = "outbox_delivery where subscriber = 'beta' and state <> 'acked'"
    assert alpha.count(f"{open_} and event_id = '{never_arrived}'") == alpha.count(open_) == 1
