"""Every process is restarted under load, two web processes each: nobody sees it."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.faults.books import Books, check_mails, check_moves, check_orders, check_slips
from tests.faults.crowd import Crowd
from tests.faults.delivery import check_delivery
from tests.faults.rolling import WEB_PROCESSES, restart_everything
from tests.faults.test_faults import CHECKOUTS, settle

from devstack.demo.consequences import wait_for
from devstack.services import SERVICES
from devstack.testing.stack import RunningStack
from devstack.world import cast

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("faults"),
]
ROUNDS = int(os.environ.get("ROLLING_ROUNDS", "1"))
REPORT = Path("var/rolling.json")
MakeBuyer = Callable[[], cast.Buyer]


@pytest.mark.rule("R185", "R186", "R207")
@pytest.mark.parametrize("broken_stack", [{"WEB_PROCESSES": str(WEB_PROCESSES)}], indirect=True)
def test_a_rolling_restart_loses_no_order_and_answers_no_5xx(
    broken_stack: RunningStack, books: Books, make_broken_buyer: MakeBuyer
) -> None:
    crowd = Crowd(broken_stack.world, make_broken_buyer)
    crowd.start()
    replaced = {"web": 0, "worker": 0, "gateway": 0}
    try:
        for _ in range(ROUNDS):
            for kind, count in restart_everything(broken_stack).items():
                replaced[kind] += count
        wait_for("some checkouts", lambda: len(crowd.receipts) >= CHECKOUTS, patience=300)
    finally:
        crowd.stop()
    answers = gateway_answers(broken_stack)
    told = {
        "replaced": replaced,
        "checkouts": len(crowd.receipts),
        "requests": len(answers),
        "5xx": sum(status >= 500 for status in answers),
    }
    print(told)

    assert crowd.failures == []
    assert told["5xx"] == 0
    assert replaced["web"] == WEB_PROCESSES * len(SERVICES) * ROUNDS
    assert replaced["worker"] == len(SERVICES) * ROUNDS
    check_everything_once(books, crowd)
    REPORT.write_text(json.dumps({**told, "lost": 0}, indent=2))


def check_everything_once(books: Books, crowd: Crowd) -> None:
    """Wait until all is settled; then nothing is lost and nothing doubled, not even a mail."""
    settle(books)
    check_orders(books, crowd.receipts)
    check_moves(books)
    check_slips(books)
    check_mails(books, lost_replies=0)
    check_delivery(books)


def gateway_answers(stack: RunningStack) -> list[int]:
    """Return the status of every answer that left the gateway."""
    lines = [line for line in stack.log("gateway").splitlines() if '"event":"request"' in line]
    return [int(json.loads(line[line.index("{") :])["status"]) for line in lines]
