"""Whether the books are right after a load run: as many consequences as orders, none twice."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.faults.books import MESSAGES, ORDERS, OUTCOMES, Books

from devstack.demo.consequences import wait_for
from devstack.testing.stack import RunningStack


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was found when everything had settled."""

    receipts: int
    orders: int
    outcomes: int
    slips: int
    mailed: int
    """Orders with mails."""
    lost: int
    doubled: int


def count(stack: RunningStack, receipts: Sequence[tuple[str, ...]]) -> Counted:
    """Wait until nothing is owed, then count. Raises Unexpected if that never comes."""
    books = Books(stack)
    try:
        wait_for("everything settled", books.is_settled, patience=180)
        promised = Counter(number for receipt in receipts for number in receipt)
        found = Counter(row["order_number"] for row in books.rows("checkout", ORDERS))
        outcomes = Counter(row["order_id"] for row in books.rows("identity", OUTCOMES))
        slips = Counter(
            str(slip["receive_order_shop_cut_form_id"]) for slip in books.next_engine.slips()
        )
        mails = Counter(str(mail["message_id"]) for mail in books.inbox.messages())
        mailed = {row["order_id"] for row in books.rows("notifications", MESSAGES)} - {None}
    finally:
        books.close()
    kinds = (promised, found, outcomes, slips, mails)
    counted = (len(found), len(outcomes), len(slips), len(mailed))
    return Counted(
        receipts=len(receipts),
        orders=len(found),
        outcomes=len(outcomes),
        slips=len(slips),
        mailed=len(mailed),
        lost=len(promised - found) + len(found - promised) + max(counted) - min(counted),
        doubled=sum(times - 1 for kind in kinds for times in kind.values()),
    )
