"""Replays a sale day against the service times that were measured: `python -m bench.sale_day --help`.

Orders of a month become a day's curve, the curve becomes requests, requests become work for each
process (bench/service_times.json). Said are the processes that the day needs, how long requests
wait for one in the worst five minutes, and how far deliveries fall behind. docs/scaling.md argues
with what it prints. The model: a Python process works on one request at a time (as its lock lets it),
arrivals are random, a step takes its measured mean, scattered as a sum of two exponentials.
"""

import argparse
import heapq
import json
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MEASURED = Path(__file__).with_name("service_times.json")
DAY_MINUTES = 24 * 60
HOURS = (1, 1, 1, 1, 1, 1, 2, 4, 7, 12, 20, 13, 7, 6, 6, 5, 4, 4, 3, 3, 2, 2, 2, 1)
"""Weights of the hours of a sale that is released at ten: most buyers wait for that."""
RUSH_MINUTES, RUSH = 10, 3.0
"""In its first ten minutes the release hour is three times as busy as on its average."""
PER_ORDER = {
    "open": 5.0,
    "sign_in": 2.5,
    "landing": 4.0,
    "catalog": 10.0,
    "cell": 14.0,
    "checkout": 1.6,
    "place": 1.0,
    "follow": 1.0,
}
"""How often each step is taken for one order: who looks and leaves is in it, too."""
PLANNED = 0.6
"""How busy a process is planned to be in the worst five minutes."""
ONE_SERVER = ("postgres", "broker", "cache")
"""Not processes of ours that are added one by one, but servers with cores."""


@dataclass(frozen=True)
class Step:
    """Processor seconds that one step takes of each process."""

    cpu: Mapping[str, float]


@dataclass(frozen=True)
class Pool:
    """Processes of one kind, and what the worst five minutes do to them."""

    name: str
    cores: float
    processes: int
    p95: float
    p99: float
    behind: float
    """Seconds that a queue without a limit falls behind in the course of the day, at most."""


def read_steps(path: Path = MEASURED) -> dict[str, Step]:
    steps = json.loads(path.read_text())["steps"]
    return {name: Step(step["cpu"]) for name, step in steps.items()}


def orders_by_minute(orders: float) -> list[float]:
    """Return the day's orders minute by minute; they add up to `orders`."""
    weights = [float(HOURS[minute // 60]) for minute in range(DAY_MINUTES)]
    release = HOURS.index(max(HOURS)) * 60
    calm = (60 - RUSH_MINUTES * RUSH) / (60 - RUSH_MINUTES)
    for minute in range(release, release + 60):
        weights[minute] *= RUSH if minute < release + RUSH_MINUTES else calm
    return [orders * weight / sum(weights) for weight in weights]


def work_per_order(steps: Mapping[str, Step]) -> dict[str, float]:
    """Return the processor seconds that an order costs each kind of process, looking around included."""
    found: dict[str, float] = defaultdict(float)
    for name, times in PER_ORDER.items():
        for process, seconds in steps[name].cpu.items():
            found[process] += times * seconds
    return {process: seconds for process, seconds in found.items() if seconds > 1e-4}


def replay(
    steps: Mapping[str, Step], *, orders: float, processes: Mapping[str, int] | None = None
) -> list[Pool]:
    """Return how each kind of process fares; `processes` says how many there are, else enough."""
    minutes = orders_by_minute(orders)
    peak = max(sum(minutes[m : m + 5]) / 300 for m in range(DAY_MINUTES - 5))
    pools = []
    for name, work in sorted(work_per_order(steps).items(), key=lambda each: -each[1]):
        cores = peak * work
        count = (processes or {}).get(name) or max(1, math.ceil(cores / PLANNED))
        mixed = [
            (times * peak, s) for n, times in PER_ORDER.items() if (s := steps[n].cpu.get(name))
        ]
        waits = sorted(waits_of(mixed, servers=count)) or [0.0]
        pools.append(
            Pool(
                name=name,
                cores=cores,
                processes=count,
                p95=waits[int(0.95 * (len(waits) - 1))],
                p99=waits[int(0.99 * (len(waits) - 1))],
                behind=furthest_behind([each / 60 * work for each in minutes], servers=count),
            )
        )
    return pools


def waits_of(
    mixed: Sequence[tuple[float, float]], *, servers: int, seconds: float = 300, seed: int = 1
) -> list[float]:
    """Return how long each request waited for a free process. `mixed`: (a second, mean seconds)."""
    free = [0.0] * servers
    waits = []
    for at, takes in arrivals(mixed, seconds=seconds, dice=random.Random(seed)):
        first = heapq.heappop(free)
        begins = max(at, first)
        waits.append(begins - at)
        heapq.heappush(free, begins + takes)
    return waits


def arrivals(
    mixed: Sequence[tuple[float, float]],
    *,
    seconds: float,
    dice: random.Random,
    most: int = 200_000,
) -> Iterator[tuple[float, float]]:
    """Yield (instant, seconds of work) in order: random arrivals, work scattered about its mean."""
    total = sum(rate for rate, _ in mixed)
    rates, means = [rate for rate, _ in mixed], [mean for _, mean in mixed]
    at = 0.0
    for _ in range(most):
        at += dice.expovariate(total)
        if at > seconds:
            return
        [mean] = dice.choices(means, rates)
        yield at, dice.gammavariate(2, mean / 2)


def furthest_behind(work: Sequence[float], *, servers: int) -> float:
    """Return the longest a queue lags when `work` core-seconds a second come, minute by minute."""
    backlog = furthest = 0.0
    for each in work:
        backlog = max(0.0, backlog + 60 * (each - servers))
        furthest = max(furthest, backlog / servers)
    return furthest


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench.sale_day")
    asked.add_argument("--orders-per-month", type=float, default=10_000_000)
    asked.add_argument("--share", type=float, default=0.08, help="of the month on the sale day")
    asked.add_argument("--processes", type=json.loads, default={}, help='{"checkout-web": 4, …}')
    asked.add_argument("--measured", type=Path, default=MEASURED)
    told = asked.parse_args()
    orders = told.orders_per_month * told.share
    minutes = orders_by_minute(orders)
    print(f"{orders:,.0f} orders that day, {max(minutes) / 60:,.1f} a second in the worst minute")
    print(
        f"{'process':<22}{'cores':>8}{'there are':>11}{'p95 wait':>10}{'p99 wait':>10}{'behind':>9}"
    )
    for pool in replay(read_steps(told.measured), orders=orders, processes=told.processes):
        word = "cores" if pool.name in ONE_SERVER else ""
        print(
            f"{pool.name:<22}{pool.cores:>8.2f}{pool.processes:>11}{pool.p95 * 1000:>7.0f} ms"
            f"{pool.p99 * 1000:>7.0f} ms{pool.behind:>7.0f} s {word}"
        )


if __name__ == "__main__":
    main()
