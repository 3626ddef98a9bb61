"""`make bench`: measures, prints a table, writes var/bench.json; exits 1 when over a budget.

Each measure has a process of its own: two services' tables would share one MetaData, and what one
leaves in memory would weigh on the next.
"""

import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

MEASURES = (
    *("links", "identity", "imports", "publish", "stack"),
    *("mails", "ledger", "orders", "placing", "storefront", "cells"),
)
"""Modules of this package, each with a `measure(folder)`."""
VAR = Path("var")


def main() -> int:
    match sys.argv[1:]:
        case ["--only", name]:
            print(json.dumps(run(name)), file=sys.stderr)
            return 0
        case wanted:
            return report([figure for name in wanted or MEASURES for figure in apart(name)])


def run(name: str) -> list[dict[str, Any]]:
    """Measure in this process."""
    folder = VAR / "bench" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    measure = importlib.import_module(f"bench.{name}").measure
    return [figure.as_json() for figure in measure(folder.resolve())]


def apart(name: str) -> list[dict[str, Any]]:
    """Measure in a process of its own, which tells its figures in the last line of stderr."""
    command = [sys.executable, "-m", "bench", "--only", name]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return list(json.loads(done.stderr.splitlines()[-1]))


def report(figures: list[dict[str, Any]]) -> int:
    (VAR / "bench.json").write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")
    for figure in figures:
        mark = "✓" if figure["ok"] else "✗"
        budget = f"at most {figure['budget']} {figure['unit']}"
        print(f"{mark} {figure['name']:<60} {figure['value']:>9} {figure['unit']:<4} {budget}")
    return 0 if all(figure["ok"] for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
