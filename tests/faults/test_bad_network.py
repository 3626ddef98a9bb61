"""A network that is silent, slow or cut between any two of our parts, under buyers (F30)."""

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.arena import Arena
from tests.faults.blows_on_the_wire import BLOWS, WIRES
from tests.faults.books import Books, check_mails, check_moves, check_orders, check_slips
from tests.faults.conftest import LASTING, QUICK, buyers_of
from tests.faults.crowd import Crowd
from tests.faults.delivery import check_delivery
from tests.faults.persistence import Persistent
from tests.faults.test_every_fault import rage
from tests.faults.test_faults import CHECKOUTS, settle
from tests.faults.wire import Wire, carried

from devstack.demo.consequences import wait_for
from devstack.environment import DETOURS
from devstack.places import Places
from devstack.testing.stack import RunningStack, running_stack

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(1800),
    pytest.mark.xdist_group("faults"),
]
REPORT = Path("var/network.json")


@pytest.fixture
def wires(servers_folder: Path, seed: int) -> Iterator[dict[str, Wire]]:
    ports = Places(servers_folder / "faults-wired").ports
    made = [Wire(name, ports, random.Random(f"{seed} {name}")) for name in WIRES]
    with carried(made):
        yield {wire.name: wire for wire in made}


@pytest.fixture
def wired_stack(servers_folder: Path, wires: dict[str, Wire]) -> Iterator[RunningStack]:
    """Give a stack whose parts reach each other, and the world outside, over wires."""
    detours = {name: wire.port for name, wire in wires.items()}
    env = QUICK | {DETOURS: json.dumps(detours)}
    with running_stack(servers_folder / "faults-wired", options=LASTING, env=env) as stack:
        yield stack


@pytest.mark.rule("R164", "R185", "R186", "R207")
def test_on_a_bad_network_everything_happens_once(
    wired_stack: RunningStack, wires: dict[str, Wire], seed: int
) -> None:
    books, wire = Books(wired_stack), Persistent()
    with buyers_of(wired_stack) as make_buyer:
        crowd = Crowd(wired_stack.world, make_buyer, transport=wire)
        crowd.start()
        try:
            fired = rage(Arena(wired_stack, books, random.Random(seed), wires), BLOWS)
            wait_for("some checkouts", lambda: len(crowd.receipts) >= CHECKOUTS, patience=300)
        finally:
            crowd.stop()
    healed = time.monotonic()
    assert crowd.failures == []
    assert set(fired) == {blow.name for blow in BLOWS}
    settle(books)
    told = {
        "seed": seed,
        "checkouts": len(crowd.receipts),
        "blows": dict(fired),
        "asked again": dict(wire.repeats),
        "500 at": dict(wire.refused),
        "seconds until settled": round(time.monotonic() - healed),
    }
    print(told)
    check_orders(books, crowd.receipts)
    check_moves(books)
    check_slips(books)
    check_mails(books, lost_replies=wires["smtp"].hits)
    check_delivery(books)
    books.close()
    REPORT.write_text(json.dumps(told, indent=2))
