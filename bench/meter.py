"""Processor seconds by process, over everything that a stack runs but the outside world's twins."""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import psutil

from devstack.testing.stack import RunningStack

TIMES = 12
IDLE_SECONDS = 8.0
Spent = Mapping[str, float]
T = TypeVar("T")


class Meter:
    """Counts by the names under which the stack knows its processes."""

    def __init__(self, stack: RunningStack) -> None:
        self._stack = stack
        self.idle: Spent = {}
        self.total: dict[str, float] = defaultdict(float)

    def learn_idle(self) -> None:
        """Learn what each process uses in a second when nobody is there."""
        time.sleep(3)
        before = self._used()
        time.sleep(IDLE_SECONDS)
        used = self._used()
        self.idle = rounded({n: (used[n] - before.get(n, 0.0)) / IDLE_SECONDS for n in used})

    def step(
        self, do: Callable[[], object], *, times: int = TIMES, warm: bool = True
    ) -> dict[str, Any]:
        if warm:
            do()
        waits: list[float] = []

        def play() -> None:
            for _ in range(times):
                began = time.perf_counter()
                do()
                waits.append(time.perf_counter() - began)

        spent = self.spent(play)
        cpu = rounded({name: each / times for name, each in spent.items()})
        return {"seconds": round(statistics.median(waits), 4), "cpu": cpu}

    def spent(self, do: Callable[[], object]) -> Spent:
        before, began = self._used(), time.monotonic()
        do()
        took, after = time.monotonic() - began, self._used()
        used = {n: after[n] - before.get(n, 0.0) - took * self.idle.get(n, 0.0) for n in after}
        return {name: max(0.0, seconds) for name, seconds in used.items()}

    def adding(self, do: Callable[[], T]) -> T:
        """Do it and add what everything used meanwhile to `total`, idle loops included."""
        before = self._used()
        done = do()
        for name, seconds in self._used().items():
            self.total[name] += seconds - before.get(name, 0.0)
        return done

    def _used(self) -> dict[str, float]:
        found: dict[str, float] = defaultdict(float)
        for name, pid in self._stack.pids().items():
            if name == "twins":
                continue
            top = psutil.Process(pid)
            for each in [top, *top.children(recursive=True)]:
                try:
                    times = each.cpu_times()
                except psutil.NoSuchProcess:
                    continue
                found[name] += times.user + times.system
        return dict(found)


def rounded(spent: Spent) -> dict[str, float]:
    return {name: round(seconds, 5) for name, seconds in sorted(spent.items()) if seconds > 1e-5}
