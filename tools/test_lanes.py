"""`make test`: every test, in lanes that run side by side; each service in a process of its own.

A service registers its event handlers when it is imported, so two services never share a test
process. What the fault tests do is mostly waiting, hence they run beside the others.

Where only a few tests of a part failed, these are played once more, with nothing beside them, and
those that then pass are named at the end (docs/adr/0009-failed-tests-play-once-more.md).
"""

import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from devstack.kept_pictures import kept_pictures
from devstack.places import Places
from devstack.world.range import STYLES
from devstack.world.shoot import shoot

ROOT = Path(__file__).resolve().parents[1]
SERVICES = ("identity", "catalog", "checkout", "links")
LANES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("tests/faults",), ("tests/traces",), ("services/notifications",), ("libs",)),
    tuple((f"services/{service}",) for service in SERVICES),
    (("tests/integration", "tests/browser", "tests/unit"),),
)
ON_CONTAINERS = ((("tests/integration",), ("tests/containers",)),)
"""What STACK=docker plays, one stack after the other."""
FEW = ("main_job", "card_payment", "standard_order", "uploads", "metrics")
FEW_ON_CONTAINERS = ((tuple(f"tests/integration/test_{name}.py" for name in FEW),),)
"""What it plays where FEW is set: the journeys without the attacks, on one stack."""
COUNT = re.compile(r"(\d+) (passed|failed|skipped|error)s?")
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
ONLY_FAILED = ("--last-failed", "--last-failed-no-failures=none")
TESTS_FAILED, NOTHING_COLLECTED = 1, 5
A_FEW = 3
"""So many failures of a part may be its neighbours' doing; more are its own."""


@dataclass(frozen=True)
class Run:
    """One pytest process that has ended."""

    paths: tuple[str, ...]
    status: int
    output: str
    seconds: float

    def count(self, outcome: str) -> int:
        closing = self.output.strip().rpartition("\n")[2]
        return sum(int(n) for n, what in COUNT.findall(closing) if what == outcome)

    @property
    def unhappy(self) -> int:
        return self.count("failed") + self.count("error")

    @property
    def is_good(self) -> bool:
        return self.status in (0, NOTHING_COLLECTED)

    @property
    def may_play_again(self) -> bool:
        return self.status == TESTS_FAILED and 0 < self.unhappy <= A_FEW


def main() -> int:
    began = time.monotonic()
    chosen = chosen_lanes()
    draw_pictures()
    with ThreadPoolExecutor(len(chosen)) as lanes:
        runs = [run for done in lanes.map(run_lane, chosen) for run in done]
    again = [run_part(run.paths, *ONLY_FAILED) for run in runs if run.may_play_again]
    good_after_all = {run.paths for run in again if run.status == 0}
    unhappy = sum(run.unhappy for run in runs if run.paths not in good_after_all)
    passed = sum(run.count("passed") for run in [*runs, *again])
    skipped = sum(run.count("skipped") for run in runs)
    for run in [*runs, *again]:
        print(f"{run.seconds:6.0f} s  {' '.join(run.paths)}: status {run.status}")
    print(f"all of it took {time.monotonic() - began:.0f} s")
    for run in runs:
        if run.paths in good_after_all:
            print(
                "failed beside the others, passed alone:", *FAILED.findall(run.output), sep="\n  "
            )
    print(f"{passed} passed, {unhappy} failed, {skipped} skipped")
    keep_counts(passed, unhappy, skipped)
    is_good = all(run.is_good or run.paths in good_after_all for run in runs)
    return int(not is_good or not passed)


def chosen_lanes() -> tuple[tuple[tuple[str, ...], ...], ...]:
    if os.environ.get("STACK") != "docker":
        return LANES
    return FEW_ON_CONTAINERS if os.environ.get("FEW") else ON_CONTAINERS


def keep_counts(passed: int, failed: int, skipped: int) -> None:
    """Keep them for tools/sum_counts.py, which adds them up where several runs follow each other."""
    path = ROOT / "var" / "counts" / f"{os.environ.get('STACK') or 'embedded'}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"passed": passed, "failed": failed, "skipped": skipped}))


def draw_pictures() -> None:
    """Draw the demo world's pictures once, before several stacks want them at the same time."""
    places = Places(ROOT / "var" / "drawing")
    places.make()
    with kept_pictures(places):
        shoot(str(places.media), STYLES)


def run_lane(lane: tuple[tuple[str, ...], ...]) -> list[Run]:
    """Run the lane's parts one after the other and print each when it has ended."""
    return [run_part(paths) for paths in lane]


def run_part(paths: tuple[str, ...], *options: str) -> Run:
    began = time.monotonic()
    there = [path for path in paths if (ROOT / path).exists()]
    cache = ROOT / "var" / "pytest" / paths[0].replace("/", "-")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-o", f"cache_dir={cache}", *options, *there],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(f"── {' '.join(there)}\n{done.stdout}", flush=True)
    return Run(paths, done.returncode, done.stdout, time.monotonic() - began)


if __name__ == "__main__":
    sys.exit(main())
