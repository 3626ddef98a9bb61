"""The main job while things break; and the wrong way of delivery, which must be seen to lose."""

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import redis
from tests.faults.books import (
    OUTCOMES,
    Books,
    assert_fired,
    check_mails,
    check_moves,
    check_orders,
    check_slips,
)
from tests.faults.crowd import Crowd
from tests.faults.nemesis import LOST_REPLIES, Nemesis
from tests.faults.staff import Staff

from devstack.demo.consequences import wait_for
from devstack.testing.stack import RunningStack
from devstack.world import cast

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("faults"),
]
SECONDS = float(os.environ.get("STORM_SECONDS", "60"))
KILLS = int(os.environ.get("STORM_KILLS", "40"))
CHECKOUTS = 5
"""A slow machine is given more time for so many."""
RECOVERY_SECONDS = 120.0
"""I16: so soon after the last buyer has ordered, faults being over, nothing is owed any more."""
MakeBuyer = Callable[[], cast.Buyer]
REPORT = Path("var/faults.json")


@pytest.mark.rule("R164", "R167", "R185", "R186", "R196", "R207")
def test_whatever_is_killed_everything_happens_once(
    broken_stack: RunningStack, books: Books, make_broken_buyer: MakeBuyer, seed: int
) -> None:
    crowd = Crowd(broken_stack.world, make_broken_buyer)
    nemesis = Nemesis(broken_stack, books, seed=seed)
    crowd.start()
    try:
        nemesis.rage(seconds=SECONDS, kills=KILLS)
        wait_for("some checkouts", lambda: len(crowd.receipts) >= CHECKOUTS, patience=300)
    finally:
        crowd.stop()
    print(f"{len(crowd.receipts)} checkouts, blows: {dict(nemesis.blows)}")

    assert crowd.failures == []
    assert nemesis.worker_kills >= KILLS
    assert set(nemesis.blows) >= LOST_REPLIES
    seconds = settle(books, press=Staff(broken_stack.world).send_refused_mails_again)
    assert_fired(books)
    print(f"settled after {seconds} s")
    check_orders(books, crowd.receipts)
    check_moves(books)
    check_slips(books)
    lost = nemesis.blows["mail accepted, reply lost"] + nemesis.blows["notifications-worker"]
    repeats = check_mails(books, lost_replies=lost)
    REPORT.write_text(
        json.dumps(
            {
                "seed": seed,
                "checkouts": len(crowd.receipts),
                "blows": dict(nemesis.blows),
                "mails twice": repeats,
                "seconds until settled": seconds,
            },
            indent=2,
        )
    )


def test_the_right_way_survives_an_emptied_broker(
    broken_stack: RunningStack, books: Books, make_broken_buyer: MakeBuyer
) -> None:
    order_into_a_doomed_broker(broken_stack, make_broken_buyer)
    settle(books)
    check_moves(books)


@pytest.mark.parametrize("broken_stack", [{"DELIVERY_PUBLISH_IS_DONE": "1"}], indirect=True)
def test_control_run_publish_is_done_is_reported_as_losing(
    broken_stack: RunningStack, books: Books, make_broken_buyer: MakeBuyer
) -> None:
    """The simpler rule loses under the same fault; otherwise the tests above prove nothing."""
    orders = order_into_a_doomed_broker(broken_stack, make_broken_buyer)
    with pytest.raises(AssertionError, match="Not seen"):
        wait_for(
            "both outcomes", lambda: len(books.rows("identity", OUTCOMES)) == orders, patience=25
        )
    lost = orders - len(books.rows("identity", OUTCOMES))
    print(f"publish = done: LOST {lost} of {orders} outcomes")
    assert lost == orders


def order_into_a_doomed_broker(stack: RunningStack, make_buyer: MakeBuyer) -> int:
    """Order while identity's worker is frozen, then empty the broker that holds its events."""
    reader = stack.pids()["identity-worker"]
    os.killpg(reader, signal.SIGSTOP)
    crowd = Crowd(stack.world, make_buyer)
    crowd.order_once()
    assert crowd.failures == []
    with redis.Redis.from_url(stack.environment("identity")["BROKER_URL"]) as broker:
        wait_for("an event in the broker", lambda: broker.llen("identity.events"))
    stack.lose_broker()
    stack.kill("identity-worker")
    return len(crowd.receipts[0])


def settle(
    books: Books,
    *,
    press: Callable[[Books], None] = lambda _: None,
    within: float = RECOVERY_SECONDS,
) -> float:
    """Wait until nothing is owed any more (I16); return how many seconds that took.

    `press` is what staff does about what has failed.
    """

    def is_settled() -> bool:
        press(books)
        return books.is_settled()

    began = time.monotonic()
    try:
        wait_for("everything settled", is_settled, patience=within)
    except AssertionError as open_still:
        raise AssertionError(f"{open_still} {books.unsettled()}") from None
    return round(time.monotonic() - began, 1)
