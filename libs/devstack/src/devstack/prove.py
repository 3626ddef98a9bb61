"""`make prove`: what `make test` does a little of, at its full count; goes on where it stopped.

The siege, the storm and the bad network of docs/faults.md, a seed after the other; the rolling
restart, an upgrade, the drill of a restore, a backlog, the ownership game of identity, random
checkouts and prices against independent calculators, and order sheets as people mutate them.

`SEED=17 make prove` plays that one again. PROVE_SEEDS says how many there are (20 unless said),
PROVE_SECONDS how long a siege lasts (60), PROVE_ROUNDS how often a storm strikes each blow and
how often everything is restarted (2). At the end it says how many were killed, lost and doubled.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from devstack.places import ROOT

SIEGE = "tests/faults/test_faults.py::test_whatever_is_killed_everything_happens_once"
STORM = "tests/faults/test_every_fault.py"
NETWORK = "tests/faults/test_bad_network.py"
DRILL = "tests/faults/test_restore_drill.py"
BACKLOG = "libs/common/tests/integration/delivery/test_backlog.py"
ROLLING = "tests/faults/test_rolling_restart.py"
UPGRADE = "tests/faults/test_rolling_upgrade.py"
QUOTES = "services/checkout/tests/unit/judging/test_second_opinion.py"
PRICES = "services/catalog/tests/unit/pricing/test_second_opinion.py"
SHEETS = "services/catalog/tests/unit/order_sheet/test_mutated_sheets.py"
OWNERSHIP = "services/identity/tests/integration/test_ownership_machine.py"
TESTS = {
    "control": ("tests/faults/test_faults.py", "--deselect", SIEGE),
    "rolling": (ROLLING,),
    "upgrade": (UPGRADE,),
    "drill": (DRILL,),
    "backlog": (BACKLOG,),
    "alerts": ("tests/alerts",),
    "ownership": (OWNERSHIP,),
    "quotes": (QUOTES,),
    "prices": (PRICES,),
    "sheets": (SHEETS,),
}
"""What a run that is no seed of the storm plays."""
REPORTS = tuple(
    ROOT / "var" / f"{name}.json"
    for name in ("faults", "every-fault", "network", "rolling", "upgrade", "restored")
)
"""What siege, storm, bad network, rolling restart, upgrade and drill leave when they kept every promise."""
COUNTS = {
    "BACKLOG": "10000",
    "OWNERSHIP_EXAMPLES": "200",
    "QUOTE_CASES": "50000",
    "PRICE_CASES": "100000",
    "SHEET_MUTATIONS": "2000",
}
CODE = ("gateway", "libs", "services", "tests")
RESULT = ROOT / "var" / "prove.json"


def prove() -> int:
    """Run what is left to run; return 0 only when every seed kept its promise."""
    tree = tree_now()
    runs = [run for run in read(RESULT) if run["tree"] == tree]
    for name in wanted():
        if os.environ.get("SEED") or not any(run["name"] == name and run["ok"] for run in runs):
            runs = [run for run in runs if run["name"] != name]
            runs.append({"tree": tree, **play(name)})
            write(RESULT, runs)
            print(f"{'✓' if runs[-1]['ok'] else '✗'} {name} ({runs[-1]['seconds']} s)", flush=True)
    print(in_words(runs))
    return int(not all(run["ok"] for run in runs))


def in_words(runs: list[dict[str, Any]]) -> str:
    """Return the sum of all runs, and how to see those again that broke a promise."""
    kept = [run for run in runs if run["ok"]]
    blows, checkouts = (sum(run.get(name, 0) for run in kept) for name in ("blows", "checkouts"))
    lines = [
        f"{len(kept)} of {len(runs)} runs kept every promise: {RESULT}",
        f"{blows} kills and other faults, {checkouts} checkouts: 0 lost, 0 doubled in these",
    ]
    for run in runs:
        if not run["ok"]:
            seed = run["name"].removeprefix("seed ")
            lines.append(f"broken: {run['name']}; again: SEED={seed} make prove")
    return "\n".join(lines)


def wanted() -> list[str]:
    """Return the names of the runs: one seed, or the other runs and all seeds."""
    seed = os.environ.get("SEED")
    if seed:
        return [f"seed {seed}"]
    count = int(os.environ.get("PROVE_SEEDS", "20"))
    return [*TESTS, *(f"seed {number}" for number in range(1, count + 1))]


def play(name: str) -> dict[str, Any]:
    """Run one; its words go to var/log/prove.log."""
    began = time.monotonic()
    tests = TESTS.get(name, (SIEGE, STORM, NETWORK))
    seed = "" if name in TESTS else name.removeprefix("seed ")
    for report in REPORTS:
        report.unlink(missing_ok=True)
    log = ROOT / "var" / "log" / "prove.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:schemathesis", *tests],
            cwd=ROOT,
            env={**os.environ, "SEED": seed, **COUNTS, **sizes()},
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    return {
        "name": name,
        "ok": done.returncode == 0,
        "seconds": round(time.monotonic() - began),
        **told(),
    }


def sizes() -> dict[str, str]:
    """Return how long and how often, as the tests are told."""
    rounds = os.environ.get("PROVE_ROUNDS", "2")
    return {
        "PROVE": "1",
        "STORM_SECONDS": os.environ.get("PROVE_SECONDS", "60"),
        "STORM_ROUNDS": rounds,
        "ROLLING_ROUNDS": rounds,
    }


def told() -> dict[str, int]:
    """Return how many faults the last run has survived, and how many checkouts have."""
    reports = [json.loads(report.read_text()) for report in REPORTS if report.exists()]
    return {
        "blows": sum(sum(each.get("blows", each.get("replaced", {})).values()) for each in reports),
        "checkouts": sum(each["checkouts"] for each in reports),
    }


def tree_now() -> str:
    """Return what the results are about: the code that is checked out, whatever the pages say."""
    asked = subprocess.run(
        ["git", "rev-parse", *(f"HEAD:{folder}" for folder in CODE)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return " ".join(each[:12] for each in asked.stdout.split())


def read(path: Path) -> list[dict[str, Any]]:
    try:
        return list(json.loads(path.read_text()))
    except (OSError, ValueError):
        return []


def write(path: Path, runs: list[dict[str, Any]]) -> None:
    """Write all of it or nothing: a run may be cut off at any point."""
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(runs, indent=2) + "\n")
    draft.replace(path)
