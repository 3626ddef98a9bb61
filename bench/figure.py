"""One measured figure and its budget."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """`budget` is the most it may be."""

    name: str
    value: float
    unit: str
    budget: float

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "budget": self.budget,
            "ok": self.value <= self.budget,
        }


def seconds_each(do: Callable[[], object], *, times: int) -> float:
    """Return the seconds that one call takes, over `times` calls in a row."""
    began = time.perf_counter()
    for _ in range(times):
        do()
    return (time.perf_counter() - began) / times


def ratio(
    ours: Callable[[], object], bare: Callable[[], object], *, times: int, rounds: int = 7
) -> float:
    """Return how many times longer ours takes: the median of rounds that alternate."""
    found: Sequence[float] = [
        seconds_each(ours, times=times) / seconds_each(bare, times=times) for _ in range(rounds)
    ]
    return statistics.median(found)
