"""Stacks to break, each test its own, with shorter leases so that recovery is quick."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError
from tests.conftest import new_buyer
from tests.faults.books import Books

from common.db import Database
from common.errors import Unavailable
from devstack.testing.any_stack import AnyStack
from devstack.testing.stack import RunningStack, running_stack
from devstack.world import cast
from devstack.world.identity import add_buyer
from identity.gateways.passwords import Passwords

LONG = [
    "test_bad_network.py",
    "test_every_fault.py",
    "test_restore_drill.py",
    "test_rolling_restart.py",
    "test_rolling_upgrade.py",
]
collect_ignore = [] if os.environ.get("PROVE") else LONG
"""Minutes each: `make prove` plays them, or PROVE=1."""
OPTIONS = ("--mode", "test", "--forgetful", "--ports", "17000-17899")
"""Other ports than the journeys' stack, which runs at the same time."""
LASTING = ("--mode", "test", "--ports", "17000-17899")
QUICK = {
    "DELIVERY_LONGEST_LEASE_SECONDS": "10",
    "DELIVERY_LONGEST_PAUSE_SECONDS": "3",
    "DELIVERY_RECONCILE_SECONDS": "5",
}


@pytest.fixture
def seed() -> int:
    """Give the seed of this run; SEED= replays one."""
    chosen = int(os.environ.get("SEED") or int.from_bytes(os.urandom(3), "big"))
    print(f"SEED={chosen}")
    return chosen


@pytest.fixture
def broken_stack(servers_folder: Path, request: pytest.FixtureRequest) -> Iterator[RunningStack]:
    """Give a stack of the test's own; `indirect` parameters are added to its environment."""
    env = QUICK | dict(getattr(request, "param", {}))
    folder = servers_folder / f"faults-{request.node.name[:20]}"
    with running_stack(folder, options=OPTIONS, env=env) as stack:
        yield stack


@pytest.fixture
def books(broken_stack: RunningStack) -> Iterator[Books]:
    found = Books(broken_stack)
    yield found
    found.close()


@pytest.fixture
def make_broken_buyer(broken_stack: RunningStack) -> Iterator[Callable[[], cast.Buyer]]:
    """Give a function that adds one more offline buyer to the stack under test."""
    with buyers_of(broken_stack) as make:
        yield make


@pytest.fixture
def lasting_stack(servers_folder: Path, request: pytest.FixtureRequest) -> Iterator[RunningStack]:
    """Give a stack whose PostgreSQL waits for its disk: it may be killed."""
    folder = servers_folder / "faults-lasting"
    with running_stack(folder, options=LASTING, env=QUICK) as stack:
        yield stack


@pytest.fixture
def lasting_books(lasting_stack: RunningStack) -> Iterator[Books]:
    found = Books(lasting_stack)
    yield found
    found.close()


@pytest.fixture
def make_lasting_buyer(lasting_stack: RunningStack) -> Iterator[Callable[[], cast.Buyer]]:
    with buyers_of(lasting_stack) as make:
        yield make


@contextmanager
def buyers_of(stack: AnyStack) -> Iterator[Callable[[], cast.Buyer]]:
    """Give a function that adds a buyer, however often the database falls over."""
    database = Database(stack.environment("identity")["DATABASE_URL"])
    passwords, numbers = Passwords(), count(1)

    def make() -> cast.Buyer:
        buyer = new_buyer(next(numbers))
        until = time.monotonic() + 60
        while True:
            try:
                with database.transaction(cast.MAKER_ID) as session:
                    add_buyer(session, buyer, passwords)
                return buyer
            except IntegrityError:  # The commit whose answer was lost.
                return buyer
            except (DBAPIError, Unavailable):
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)

    yield make
    database.close()
