"""An upgrade under load: older code, newer tables, then process by process today's code.

The gateway and its static files are today's from the beginning, and so is the world outside.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from tests.faults.blows_on_the_wire import GATEWAYS
from tests.faults.books import Books
from tests.faults.conftest import OPTIONS, QUICK, buyers_of
from tests.faults.crowd import Crowd
from tests.faults.rolling import replace_children
from tests.faults.rollout import CALLED, Rollout
from tests.faults.test_faults import CHECKOUTS
from tests.faults.test_rolling_restart import check_everything_once, gateway_answers
from tests.faults.versions import Launcher, previous_version, sources_of, unpack
from tests.faults.wire import Wire, carried

from devstack.demo.consequences import wait_for
from devstack.environment import DETOURS
from devstack.places import ROOT, Places
from devstack.programs import LAUNCHER
from devstack.services import SERVICES
from devstack.testing.stack import RunningStack, running_stack

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(1800),
    pytest.mark.xdist_group("faults"),
]
REPORT = Path("var/upgrade.json")
SCHEMA = "select version_num from alembic_version"
STRANGERS = """select slip.id from next_engine_slips slip join orders on orders.id = slip.order_id
where slip.link_id is distinct from orders.link_id"""
"""Slips that the order list does not find by their link; the older code does not know of it."""


@dataclass(frozen=True)
class Old:
    """A version of before, and where its files are."""

    commit: str
    tree: Path


@pytest.fixture
def old(servers_folder: Path) -> Old:
    commit = previous_version()
    print(f"PREVIOUS={commit}")
    return Old(commit, unpack(commit, servers_folder))


@pytest.fixture
def rollout(
    servers_folder: Path, old: Old, seed: int, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Rollout]:
    """Give a stack that runs the older code, its services reached over wires only."""
    folder = servers_folder / "faults-upgrade"
    launcher = Launcher(servers_folder / "python-of-a-version")
    launcher.run_from(old.tree)
    ports = Places(folder).ports
    wires = {
        name: Wire(name, ports, random.Random(f"{seed} {name}")) for name in (*SERVICES, *GATEWAYS)
    }
    detours = {name: wire.port for name, wire in wires.items()}
    monkeypatch.setenv(DETOURS, json.dumps(detours))
    monkeypatch.setenv(LAUNCHER, str(launcher.path))
    with carried(list(wires.values())), running_stack(folder, options=OPTIONS, env=QUICK) as stack:
        yield Rollout(stack, wires, launcher)


@pytest.mark.rule("R185", "R186", "R207")
def test_an_upgrade_loses_no_order_and_answers_no_5xx(
    rollout: Rollout, old: Old, seed: int
) -> None:
    stack, books = rollout.stack, Books(rollout.stack)
    assert code_of(stack) == {sources_of(old.tree)}
    before, order = schemas(books), random.Random(seed).sample(SERVICES, len(SERVICES))
    counts = {}
    with buyers_of(stack) as make_buyer:
        crowd = Crowd(stack.world, make_buyer)
        crowd.start()
        try:
            counts["older code"] = more_checkouts(crowd)
            rollout.launcher.run_from(ROOT)
            rollout.migrate(SERVICES)
            counts["older code, newer tables"] = more_checkouts(crowd)
            began = len(crowd.receipts)
            replaced = rollout.replace_everything(order)
            replaced["gateway"] += replace_children(stack, "gateway")
            counts["both versions"] = len(crowd.receipts) - began
            counts["today's code"] = more_checkouts(crowd)
        finally:
            crowd.stop()
    after, answers = schemas(books), gateway_answers(stack)
    told = {
        "from": old.commit,
        "tables": {name: f"{before[name]} → {after[name]}" for name in SERVICES},
        "order": order,
        "replaced": dict(replaced),
        "taken beside the older": dict(rollout.shared),
        "checkouts in": counts,
        "checkouts": len(crowd.receipts),
        "requests": len(answers),
        "5xx": sum(status >= 500 for status in answers),
    }
    print(told)

    assert crowd.failures == []
    assert told["5xx"] == 0
    assert code_of(stack) == {sources_of(ROOT)}
    assert replaced["web"] == replaced["worker"] == len(SERVICES)
    assert all(rollout.shared[service] for service in CALLED)
    assert counts["both versions"] >= CHECKOUTS
    check_everything_once(books, crowd)
    assert books.rows("checkout", STRANGERS) == []
    books.close()
    REPORT.write_text(json.dumps({**told, "lost": 0}, indent=2))


def more_checkouts(crowd: Crowd) -> int:
    """Wait for some checkouts that began after now, or nearly; return how many came."""
    had = len(crowd.receipts)
    wait_for("some checkouts", lambda: len(crowd.receipts) >= had + CHECKOUTS, patience=300)
    return len(crowd.receipts) - had


def code_of(stack: RunningStack) -> set[str]:
    """Return the PYTHONPATHs of all that belongs to a service: each has its version's."""
    names = [f"{service}-{kind}" for service in SERVICES for kind in ("web", "worker")]
    return {psutil.Process(stack.pids()[name]).environ()["PYTHONPATH"] for name in names}


def schemas(books: Books) -> dict[str, str]:
    """Return each database's revision, by service."""
    return {service: str(books.rows(service, SCHEMA)[0]["version_num"]) for service in SERVICES}
