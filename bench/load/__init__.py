"""Buyers of every kind at once: how long each step takes them, and whether the books are right.

LOAD_CLIENTS (4) buyers order for LOAD_SECONDS (60), each role as often as its weight says; then
everything has to settle, and orders, outcomes, slips and mails have to be as many as promised.
"""

import os
import random
import threading
import time
from pathlib import Path

from bench.figure import Figure
from bench.load.counters import count
from bench.load.crowd import Buyers
from bench.load.roles import ROLES, Shopper
from bench.load.stopwatch import Stopwatch
from devstack.testing.stack import RunningStack, running_stack

CLIENTS = int(os.environ.get("LOAD_CLIENTS") or "4")
SECONDS = float(os.environ.get("LOAD_SECONDS") or "60")
SEED = int(os.environ.get("SEED") or "1")
DURABLE = ("--mode", "test", "--ports", "21800-21899")
PAGES = ("sign in", "shop", "grid", "checkout page")


def measure(folder: Path) -> list[Figure]:
    watch = Stopwatch()
    with running_stack(folder / "load", options=DURABLE) as stack, Buyers(stack) as buyers:
        failures = play(stack, buyers, watch)
        print(watch.table(), flush=True)
        counted = count(stack, buyers.receipts)
        print(f"{counted}, failures {failures[:3]}", flush=True)
    return [
        Figure("load: a page, p95", max(watch.share(name, 0.95) for name in PAGES), "s", 0.3),
        Figure("load: placing an order, p99", watch.share("place", 0.99), "s", 1.0),
        Figure("load: answers 5xx", watch.errors, "", 0),
        Figure("load: walks that failed", len(failures), "", 0),
        Figure("load: orders lost", counted.lost, "", 0),
        Figure("load: orders, outcomes, slips or mails doubled", counted.doubled, "", 0),
    ]


def play(stack: RunningStack, buyers: Buyers, watch: Stopwatch) -> list[str]:
    """Let all clients walk until the time is over; return what went wrong."""
    until, failures = time.monotonic() + SECONDS, list[str]()

    def walk(number: int) -> None:
        dice = random.Random(SEED * 1000 + number)
        while time.monotonic() < until:
            [role] = dice.choices(list(ROLES), weights=list(ROLES.values()))
            shopper = Shopper(stack.world, buyers, watch, dice)
            try:
                role(shopper)
            except Exception as wrong:
                failures.append(f"{role.__name__}: {type(wrong).__name__}: {wrong}"[:300])
            finally:
                shopper.close()

    threads = [threading.Thread(target=walk, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures
