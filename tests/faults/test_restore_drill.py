"""Services put back to a backup, one after the other, while all others run (F39, I18)."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tests.faults.books import (
    Books,
    check_ledger,
    check_mails,
    check_moves,
    check_orders,
    check_slips,
)
from tests.faults.crowd import Crowd
from tests.faults.test_faults import settle as settled
from tests.faults.vault import Vault

from devstack.demo.consequences import wait_for
from devstack.services import SERVICES
from devstack.testing.stack import RunningStack
from devstack.world import cast

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(1800),
    pytest.mark.xdist_group("faults"),
]
REPORT = Path("var/restored.json")
settle = partial(settled, within=360)
"""What was forgotten comes back with the rounds of the reconcilers, minutes apart."""
MakeBuyer = Callable[[], cast.Buyer]
HELD = "select event_id from inbox where processed_at is null or dead_at is not null"


@pytest.mark.rule("R164", "R185", "R186")
def test_a_service_put_back_to_a_backup_converges_with_the_others(
    broken_stack: RunningStack, books: Books, make_broken_buyer: MakeBuyer, tmp_path: Path
) -> None:
    buyers = [make_broken_buyer() for _ in range(5)]
    crowd = Crowd(broken_stack.world, buyers.pop)
    crowd.order_once()
    told: dict[str, dict[str, float]] = {}
    for service in ("notifications", "identity"):
        vault = Vault(broken_stack, service, tmp_path)
        settle(books)
        since = vault.back_up()
        crowd.order_once()
        settle(books)
        vault.put_back()
        told[service] = {"sent again": vault.send_again(since), "settled after": settle(books)}
        check(books, crowd)

    # What checkout itself forgets is lost, as the page says; what it had under way is not doubled.
    vault = Vault(broken_stack, "checkout", tmp_path)
    with broken_stack.frozen("checkout-worker"):
        crowd.order_once()
        since = vault.back_up()
    settle(books)
    vault.put_back()
    told["checkout"] = {"sent again": vault.send_again(since), "settled after": settle(books)}
    check(books, crowd)
    crowd.order_once()
    settle(books)
    check(books, crowd)
    print(told)
    assert all(each["sent again"] for each in told.values())
    REPORT.write_text(json.dumps({"restored": told, "checkouts": len(crowd.receipts)}, indent=2))


def check(books: Books, crowd: Crowd) -> None:
    """Nothing is lost and nothing doubled; a mail may go once more under the same Message-ID."""
    assert crowd.failures == []
    for service in SERVICES:
        wait_for(
            f"nothing to handle at {service}",
            partial(has_handled_all, books, service),
            patience=180,
        )
    settle(books)
    check_orders(books, crowd.receipts)
    check_moves(books)
    check_slips(books)
    check_mails(books, lost_replies=len(books.inbox.messages()))
    check_ledger(books)


def has_handled_all(books: Books, service: str) -> bool:
    return not books.rows(service, HELD)
