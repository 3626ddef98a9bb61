"""Stacks in containers of these tests' own; only where STACK=docker (see deploy/README.md)."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.faults.books import Books
from tests.faults.conftest import QUICK, buyers_of

from devstack.testing.container_stack import ContainerStack
from devstack.testing.containers import running_containers
from devstack.world import cast

LONG = ["test_rabbitmq.py", "test_watching.py"]
"""They need images that the rest does not: PROVE=1 plays them, too."""
if os.environ.get("STACK") != "docker":
    collect_ignore_glob = ["test_*.py"]
elif not os.environ.get("PROVE"):
    collect_ignore = LONG
COPIES = {"checkout-worker": 4, "catalog-web": 3}


@pytest.fixture(scope="module")
def copied_stack(servers_folder: Path) -> Iterator[ContainerStack]:
    """Give a stack with several containers of some kinds, and leases that end soon."""
    with running_containers(servers_folder / "copied", env=QUICK, copies=COPIES) as stack:
        yield stack


@pytest.fixture(scope="module")
def books(copied_stack: ContainerStack) -> Iterator[Books]:
    found = Books(copied_stack)
    yield found
    found.close()


@pytest.fixture(scope="module")
def make_copied_buyer(copied_stack: ContainerStack) -> Iterator[Callable[[], cast.Buyer]]:
    """Give a function that adds one more offline buyer."""
    with buyers_of(copied_stack) as make:
        yield make
