"""Every blow of the matrix at least once, under buyers who do not give up; then all invariants."""

import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
import psycopg
import pytest
from redis.exceptions import RedisError
from tests.faults.arena import Arena, Blow
from tests.faults.books import (
    Books,
    assert_fired,
    check_mails,
    check_moves,
    check_orders,
    check_slips,
)
from tests.faults.crowd import Crowd
from tests.faults.delivery import check_delivery, check_that_a_replay_changes_nothing
from tests.faults.every_blow import BLOWS
from tests.faults.persistence import Persistent
from tests.faults.staff import Staff
from tests.faults.test_faults import CHECKOUTS, settle

from devstack.demo.consequences import wait_for
from devstack.testing.stack import RunningStack
from devstack.world import cast

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(1800),
    pytest.mark.xdist_group("faults"),
]
ROUNDS = int(os.environ.get("STORM_ROUNDS", "1"))
TRIES = 5
NOTHING_THERE = (psycopg.OperationalError, RedisError, psutil.Error, ProcessLookupError)
BREATH = (0.2, 1.0)
"""Seconds between two blows: some meet what the one before has left."""
REPORT = Path("var/every-fault.json")
MakeBuyer = Callable[[], cast.Buyer]


@pytest.mark.rule("R164", "R185", "R186", "R196", "R207")
def test_every_fault_of_the_matrix_and_everything_happens_once(
    lasting_stack: RunningStack, lasting_books: Books, make_lasting_buyer: MakeBuyer, seed: int
) -> None:
    books, wire = lasting_books, Persistent()
    crowd = Crowd(lasting_stack.world, make_lasting_buyer, transport=wire)
    arena = Arena(lasting_stack, books, random.Random(seed))
    crowd.start()
    try:
        fired = rage(arena, BLOWS)
        wait_for("some checkouts", lambda: len(crowd.receipts) >= CHECKOUTS, patience=300)
    finally:
        crowd.stop()
    healed = time.monotonic()
    print(f"{len(crowd.receipts)} checkouts, {sum(fired.values())} blows: {dict(fired)}")
    print(f"asked again: {dict(wire.repeats)}; 500 at {dict(wire.refused)}")

    assert crowd.failures == []
    assert set(fired) == {blow.name for blow in BLOWS}
    settle(books, press=Staff(lasting_stack.world).send_refused_mails_again)
    recovery = time.monotonic() - healed
    check_orders(books, crowd.receipts)
    check_moves(books)
    check_slips(books)
    repeats = check_mails(books, lost_replies=sum(fired.values()))
    check_delivery(books)
    assert_fired(books)
    assert_no_secret_was_logged(lasting_stack)
    replayed = check_that_a_replay_changes_nothing(books, wait_for_all_again)
    told = {
        "seed": seed,
        "checkouts": len(crowd.receipts),
        "blows": dict(fired),
        "asked again": dict(wire.repeats),
        "seconds until settled": round(recovery),
        "mails twice": repeats,
        "events replayed": replayed,
        "lost": 0,
        "doubled": 0,
    }
    print(told)
    REPORT.write_text(json.dumps(told, indent=2))


def wait_for_all_again(look: Callable[[], bool]) -> None:
    """Wait for some hundreds of events, which the sweeper finds fifty at a time."""
    wait_for("every event handled again", look, patience=600)


def rage(arena: Arena, blows: Sequence[Blow]) -> Counter[str]:
    """Strike every blow in the seed's order, again where it did not bite; return the bites."""
    fired: Counter[str] = Counter()
    for _ in range(ROUNDS):
        order = list(blows)
        arena.dice.shuffle(order)
        for blow in order:
            for _ in range(TRIES):
                time.sleep(arena.dice.uniform(*BREATH))
                bites = strike(blow, arena)
                print(f"{blow.fault} {blow.name}: {bites}", flush=True)
                if bites:
                    fired[blow.name] += 1
                    break
    return fired


def strike(blow: Blow, arena: Arena) -> int:
    """Return how often it bit; 0 where the blow before it had left nothing to bite into."""
    try:
        return int(blow.strike(arena))
    except NOTHING_THERE as felt:
        print(f"{blow.name}: {type(felt).__name__}", flush=True)
        return 0


def assert_no_secret_was_logged(stack: RunningStack) -> None:
    """I21: not even what breaks says a password or a link's token."""
    secrets = (cast.PASSWORD, stack.world["links"]["open"]["token"])
    shown = "stack.log"  # What `make run` shows people, the demo's sign-ins among it.
    for log in (each for each in stack.places.logs.glob("*.log") if each.name != shown):
        words = log.read_text(errors="replace")
        for secret in secrets:
            assert secret not in words, f"{log.name} tells a secret"
