"""Containers in several copies, killed while buyers order: everything happens once."""

import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from tests.containers.blows import Butcher
from tests.containers.conftest import COPIES
from tests.faults.books import Books, check_mails, check_moves, check_orders, check_slips
from tests.faults.crowd import Crowd
from tests.faults.delivery import check_delivery
from tests.faults.persistence import Persistent
from tests.faults.test_faults import settle

from devstack.testing.container_stack import ContainerStack
from devstack.testing.containers import await_good
from devstack.world import cast

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]
ROUNDS = int(os.environ.get("KILL_ROUNDS", "1"))
REPORT = Path("var/killed-containers.json")
CHECKOUTS = 6
KILLED = 137
"""The exit code of whatever had to be killed."""


@pytest.fixture(scope="module")
def crowd(
    copied_stack: ContainerStack, make_copied_buyer: Callable[[], cast.Buyer]
) -> tuple[Crowd, Persistent]:
    wire = Persistent()
    return Crowd(copied_stack.world, make_copied_buyer, transport=wire), wire


def test_every_copy_answers(copied_stack: ContainerStack, crowd: tuple[Crowd, Persistent]) -> None:
    there = Counter(container.Service for container in copied_stack.containers())
    assert {name: there[name] for name in COPIES} == COPIES
    crowd[0].order_once()
    assert crowd[0].failures == []
    answered = [asked(address) for address in copied_stack.scraped("catalog-web")]
    assert len(answered) == COPIES["catalog-web"]
    assert all(answered), answered


@pytest.mark.rule("R164", "R185", "R186", "R207")
def test_whatever_container_is_killed_everything_happens_once(
    copied_stack: ContainerStack, books: Books, crowd: tuple[Crowd, Persistent]
) -> None:
    seed = int(os.environ.get("SEED") or int.from_bytes(os.urandom(3), "big"))
    buyers, wire = crowd
    butcher = Butcher(copied_stack, random.Random(seed))
    buyers.start()
    try:
        butcher.rage(rounds=ROUNDS, is_enough=lambda: len(buyers.receipts) >= CHECKOUTS)
    finally:
        buyers.stop()
    healed = time.monotonic()
    assert buyers.failures == []
    assert len(buyers.receipts) >= CHECKOUTS
    await_good(copied_stack)
    settle(books)
    seconds = time.monotonic() - healed
    check_orders(books, buyers.receipts)
    check_moves(books)
    check_slips(books)
    kills = butcher.blows
    repeats = check_mails(books, lost_replies=kills["notifications-worker"])
    check_delivery(books)
    told = {
        "seed": seed,
        "checkouts": len(buyers.receipts),
        "blows": dict(kills),
        "killed": kills.total(),
        "asked again": dict(wire.repeats),
        "seconds until settled": round(seconds),
        "mails twice": repeats,
        "lost": 0,
        "doubled": 0,
    }
    print(told)
    REPORT.write_text(json.dumps(told, indent=2))


def test_told_to_stop_every_process_ends_by_itself(copied_stack: ContainerStack) -> None:
    began = time.monotonic()
    copied_stack.run("stop")
    print(f"all stopped after {time.monotonic() - began:.0f} s")
    ended = {each.Name: each.ExitCode for each in copied_stack.containers(include_all=True)}
    assert ended
    assert not [name for name, code in ended.items() if code == KILLED]


def asked(address: str) -> int:
    """Return how many requests a process has answered beside those about its health."""
    page = httpx.get(address, timeout=10).text
    return sum(
        int(sample.value)
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if sample.name == "http_requests_total" and "health" not in sample.labels["route"]
    )
