"""The books of delivery itself: who was owed what, who has it, and what a replay changes."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.faults.books import MESSAGES, MOVES, ORDERS, OUTCOMES, SLIPS, Books

from devstack.services import SERVICES

EVENTS = "select id, name, aggregate_id from outbox_event"
DELIVERIES = "select event_id, subscriber, state from outbox_delivery"
INBOX = "select event_id, producer, processed_at, dead_at from inbox"
COMPLETED = "checkout.order_completed.v1"
STUCK = """select id from outbound_call
where state = 'sending' and lease_until < now() - interval '60 seconds'"""
ONCE_MORE = "update inbox set processed_at = null, attempts = 0, next_attempt_at = now()"
OPEN = "select event_id from inbox where processed_at is null"
COUNTS = "select * from link_counts"


def check_delivery(books: Books) -> None:
    """I4, I5, I6, I15: one event per order, and everybody owed has it once and has done it."""
    owed: Counter[tuple[Any, ...]] = Counter()
    had: Counter[tuple[Any, ...]] = Counter()
    for service in SERVICES:
        events = {row["id"] for row in books.rows(service, EVENTS)}
        deliveries = books.rows(service, DELIVERIES)
        assert {row["event_id"] for row in deliveries} <= events
        assert {row["state"] for row in deliveries} <= {"acked"}
        owed.update((service, row["event_id"], row["subscriber"]) for row in deliveries)
        inbox = books.rows(service, INBOX)
        assert all(row["processed_at"] and not row["dead_at"] for row in inbox), service
        had.update((row["producer"], row["event_id"], service) for row in inbox)
        assert books.rows(service, STUCK) == [], service
    assert owed == had
    orders = Counter(row["id"] for row in books.rows("checkout", ORDERS))
    completed = [row for row in books.rows("checkout", EVENTS) if row["name"] == COMPLETED]
    assert Counter(row["aggregate_id"] for row in completed) == orders


def check_that_a_replay_changes_nothing(
    books: Books, wait: Callable[[Callable[[], bool]], object]
) -> int:
    """I12: handle every event of the run once more; no business row and no ledger changes.

    Returns how many events that were.
    """
    before = business(books)
    events = sum(len(books.rows(service, INBOX)) for service in SERVICES)
    for service in SERVICES:
        books.do(service, ONCE_MORE)
    wait(lambda: not any(books.rows(service, OPEN) for service in SERVICES))
    wait(books.is_settled)
    after = business(books)
    for name, rows in before.items():
        assert after[name] == rows, name
    return events


def business(books: Books) -> dict[str, Any]:
    """Return what must not change: rows of each service, slips and mails outside."""
    asked = {
        "orders": ("checkout", ORDERS),
        "slips": ("checkout", SLIPS),
        "outcomes": ("identity", OUTCOMES),
        "moves": ("identity", MOVES),
        "mails": ("notifications", MESSAGES),
        "statistics": ("links", COUNTS),
    }
    rows = {
        name: sorted(str(sorted(row.values.items())) for row in books.rows(service, query))
        for name, (service, query) in asked.items()
    }
    return rows | {
        "slips there": sorted(str(slip["receive_order_id"]) for slip in books.next_engine.slips()),
        "mails there": sorted(str(mail["message_id"]) for mail in books.inbox.messages()),
    }
