"""The books after a storm: what each database and each twin says happened."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from common.db import Database
from devstack.services import SERVICES
from devstack.testing.any_stack import AnyStack
from devstack.world import cast
from twins.clients import MailControl, NextEngineControl

OPEN = "select count(*) from outbox_delivery where state <> 'acked'"
UNHANDLED = "select count(*) from inbox where processed_at is null and dead_at is null"
ORDERS = "select id, order_number, buyer_id, total_minor, address, snapshot from orders"
OUTCOMES = "select order_id, buyer_id, outcome from transition_outcomes"
MOVES = "select buyer_id from ownership_changes where change = 'moved'"
MESSAGES = "select order_id, kind, recipient, state from messages"
TOLD = (
    "select order_id, kind, subject, state from ledger_entries where kind in ('transition', 'mail')"
)
MAILED = "select order_id, id, state from messages where order_id is not null"
SLIPS = "select slip_number, state, reason from next_engine_slips"


@dataclass(frozen=True)
class Row:
    """One row of a query; columns by name."""

    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


class Books:
    """Reads databases as the services do, and the twins by their control planes."""

    def __init__(self, stack: AnyStack) -> None:
        self._databases = {
            service: Database(stack.environment(service)["DATABASE_URL"], pool_size=1)
            for service in SERVICES
        }
        self.next_engine = NextEngineControl(stack.world["twins"]["next_engine"])
        self.inbox = MailControl(stack.world["twins"]["mail"])

    def rows(self, service: str, query: str) -> list[Row]:
        try:
            return self._rows(service, query)
        except OperationalError:  # A blow has cut the connection; a new one need not be.
            self._databases[service].engine.dispose()
            return self._rows(service, query)

    def _rows(self, service: str, query: str) -> list[Row]:
        with self._databases[service].transaction(cast.MAKER_ID) as session:
            return [Row(dict(row._mapping)) for row in session.execute(text(query))]

    def do(self, service: str, statement: str) -> None:
        """Change rows, as nobody but a test may."""
        with self._databases[service].transaction(cast.MAKER_ID) as session:
            session.execute(text(statement))

    def open_deliveries(self) -> int:
        """Return how many deliveries nobody has acknowledged yet, over all services."""
        return sum(int(self.rows(service, OPEN)[0]["count"]) for service in SERVICES)

    def unhandled_events(self) -> int:
        """Return how many events have arrived somewhere and wait for their handler."""
        return sum(int(self.rows(service, UNHANDLED)[0]["count"]) for service in SERVICES)

    def is_settled(self) -> bool:
        """Whether every order has its outcome, its slip and its mails, and nothing is owed."""
        orders = len(self.rows("checkout", ORDERS))
        slips = [row["state"] for row in self.rows("checkout", SLIPS)]
        mails = self.rows("notifications", MESSAGES)
        return (
            len(self.rows("identity", OUTCOMES)) == orders
            and len(slips) == orders
            and set(slips) <= {"done"}
            and {row["order_id"] for row in mails if row["order_id"]}
            == {row["id"] for row in self.rows("checkout", ORDERS)}
            and all(row["state"] == "done" for row in mails)
            and self.open_deliveries() == 0
            and self.unhandled_events() == 0
        )

    def unsettled(self) -> str:
        """Return what is still open, for the report of a run that did not settle."""
        return (
            f"orders {len(self.rows('checkout', ORDERS))}, "
            f"outcomes {len(self.rows('identity', OUTCOMES))}, "
            f"slips {Counter(r['state'] for r in self.rows('checkout', SLIPS))}, "
            f"mails {Counter(r['state'] for r in self.rows('notifications', MESSAGES))}, "
            f"open deliveries {self.open_deliveries()}, unhandled {self.unhandled_events()}, "
            f"why {Counter(r['reason'] for r in self.rows('checkout', SLIPS) if r['reason'])}"
        )

    def close(self) -> None:
        for database in self._databases.values():
            database.close()
        self.next_engine.close()
        self.inbox.close()


def check_orders(books: Books, receipts: list[tuple[str, ...]]) -> None:
    """Every acknowledged checkout has its orders, one per catalog, and no order came from nowhere."""
    numbers = [row["order_number"] for row in books.rows("checkout", ORDERS)]
    assert len(numbers) == len(set(numbers))
    assert sorted(numbers) == sorted(number for receipt in receipts for number in receipt)
    assert {len(receipt) for receipt in receipts} == {len(cast.CATALOGS)}


def check_moves(books: Books) -> None:
    """Each buyer was moved once, and every order has exactly one recorded outcome."""
    orders = {row["id"] for row in books.rows("checkout", ORDERS)}
    outcomes = books.rows("identity", OUTCOMES)
    assert sorted(row["order_id"] for row in outcomes) == sorted(orders)
    moved = Counter(row["buyer_id"] for row in outcomes if row["outcome"] == "moved")
    assert set(moved.values()) == {1}
    assert set(moved) == {row["buyer_id"] for row in outcomes}
    assert {row["outcome"] for row in outcomes} == {"moved", "already_moved"}
    changes = Counter(row["buyer_id"] for row in books.rows("identity", MOVES))
    assert changes == moved


def check_slips(books: Books) -> None:
    """Each order is one slip in NEXT ENGINE, with its lines and its money."""
    for order in books.rows("checkout", ORDERS):
        slips = books.next_engine.slips(slip=order["order_number"])
        assert len(slips) == 1, f"{order['order_number']}: {len(slips)} slips"
        [slip] = slips
        assert Decimal(slip["receive_order_total_amount"]) == order["total_minor"]
        sent = sorted(
            (line["receive_order_row_goods_id"], int(Decimal(line["receive_order_row_quantity"])))
            for line in slip["lines"]
        )
        lines = order["snapshot"]["lines"]
        assert sent == sorted((line["sku_number"], line["quantity"]) for line in lines)


def check_ledger(books: Books) -> None:
    """The order's ledger at checkout says what identity and notifications say themselves."""
    truth = [(row["order_id"], row["outcome"]) for row in books.rows("identity", OUTCOMES)]
    mails = [(r["order_id"], str(r["id"]), r["state"]) for r in books.rows("notifications", MAILED)]
    told = books.rows("checkout", TOLD)
    assert sorted((r["order_id"], r["state"]) for r in told if r["kind"] == "transition") == sorted(
        truth
    )
    assert sorted(
        (r["order_id"], r["subject"], r["state"]) for r in told if r["kind"] == "mail"
    ) == sorted(mails)


def check_mails(books: Books, *, lost_replies: int) -> int:
    """Each mail has one Message-ID; a repeat only where the accepting reply was lost.

    Returns how many arrived twice.
    """
    planned = books.rows("notifications", MESSAGES)
    arrivals = Counter(mail["message_id"] for mail in books.inbox.messages())
    assert len(arrivals) == len(planned)
    repeats = sum(arrivals.values()) - len(arrivals)
    assert repeats <= lost_replies, f"{repeats} repeats, {lost_replies} lost replies"
    return repeats


def assert_fired(books: Books) -> None:
    """Every kind of fault that was ordered at a twin has hit: else it proves nothing (I24)."""
    ordered = [*books.next_engine.faults(), *books.inbox.faults()]
    hits = Counter[str]()
    for fault in ordered:
        hits[fault["kind"]] += int(fault["hit"])
    idle = [kind for kind, hit in hits.items() if not hit]
    assert ordered
    assert idle == [], f"ordered and never hit: {idle}"
