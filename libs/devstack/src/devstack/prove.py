"""`make prove`: what `make test` does a little of, at its full count; goes on where it stopped.

The fault run, a seed after the other, the ownership game of identity, and random checkouts
and prices against independent calculators.

`SEED=17 make prove` plays that one again. PROVE_SEEDS says how many there are (50 unless said).
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from devstack.places import ROOT

STORM = "tests/faults/test_faults.py::test_whatever_is_killed_everything_happens_once"
QUOTES = "services/checkout/tests/unit/judging/test_second_opinion.py"
PRICES = "services/catalog/tests/unit/pricing/test_second_opinion.py"
OWNERSHIP = "services/identity/tests/integration/test_ownership_machine.py"
TESTS = {
    "control": ("tests/faults", "--deselect", STORM),
    "ownership": (OWNERSHIP,),
    "quotes": (QUOTES,),
    "prices": (PRICES,),
}
"""What a run that is no seed of the storm plays."""
COUNTS = {"OWNERSHIP_EXAMPLES": "200", "QUOTE_CASES": "50000", "PRICE_CASES": "100000"}
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
    failed = [run["name"] for run in runs if not run["ok"]]
    print(f"{len(runs) - len(failed)} of {len(runs)} runs kept every promise: {RESULT}")
    return 1 if failed else 0


def wanted() -> list[str]:
    """Return the names of the runs: one seed, or the other runs and all seeds."""
    seed = os.environ.get("SEED")
    if seed:
        return [f"seed {seed}"]
    count = int(os.environ.get("PROVE_SEEDS", "50"))
    return [*TESTS, *(f"seed {number}" for number in range(1, count + 1))]


def play(name: str) -> dict[str, Any]:
    """Run one; its words go to var/log/prove.log."""
    began = time.monotonic()
    tests = TESTS.get(name, (STORM,))
    seed = "" if name in TESTS else name.removeprefix("seed ")
    log = ROOT / "var" / "log" / "prove.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:schemathesis", *tests],
            cwd=ROOT,
            env={**os.environ, "SEED": seed, **COUNTS},
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    return {"name": name, "ok": done.returncode == 0, "seconds": round(time.monotonic() - began)}


def tree_now() -> str:
    """Return what the results are about: the commit that is checked out."""
    asked = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return asked.stdout.strip()


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
