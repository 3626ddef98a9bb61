"""The sale day's replay against what queueing theory says, and against plain sums."""

import random
import statistics

import pytest
from bench.sale_day import (
    DAY_MINUTES,
    PLANNED,
    Step,
    arrivals,
    furthest_behind,
    orders_by_minute,
    read_steps,
    replay,
    waits_of,
    work_per_order,
)


def test_a_day_has_all_its_orders_and_its_rush_at_the_release() -> None:
    minutes = orders_by_minute(86_400)
    assert len(minutes) == DAY_MINUTES
    assert sum(minutes) == pytest.approx(86_400)
    assert minutes.index(max(minutes)) == 600
    assert minutes[600] == pytest.approx(3 * sum(minutes[600:660]) / 60)


def test_waits_are_those_of_the_theory() -> None:
    """M/G/1, Pollaczek and Khinchine: rate × E[s²] / 2(1 - load); s a sum of two exponentials."""
    rate, mean = 60.0, 0.01
    expected = rate * (mean**2 * 1.5) / (2 * (1 - rate * mean))
    found = [statistics.mean(waits_of([(rate, mean)], servers=1, seed=n)) for n in range(12)]
    assert statistics.mean(found) == pytest.approx(expected, rel=0.1)


def test_two_processes_wait_less_than_one_twice_as_fast_is_busy() -> None:
    one = statistics.mean(waits_of([(80, 0.01)], servers=1))
    two = statistics.mean(waits_of([(160, 0.01)], servers=2))
    assert 0.3 * one < two < 0.8 * one


def test_arrivals_bring_the_work_that_was_measured() -> None:
    came = list(arrivals([(30, 0.02), (10, 0.1)], seconds=300, dice=random.Random(3)))
    assert len(came) == pytest.approx(40 * 300, rel=0.03)
    assert sum(takes for _, takes in came) == pytest.approx(300 * (30 * 0.02 + 10 * 0.1), rel=0.05)


def test_what_cannot_be_worked_on_waits_and_is_worked_off() -> None:
    assert furthest_behind([0.5, 0.9], servers=1) == 0
    assert furthest_behind([3.0, 3.0, 0.0, 0.0, 0.0, 0.0], servers=2) == pytest.approx(60)


def test_a_day_is_planned_with_room() -> None:
    steps = {name: Step({"web": 0.01}) for name in read_steps()}
    orders = 50_000
    [pool] = replay(steps, orders=orders)
    assert pool.cores / pool.processes <= PLANNED
    assert pool.p99 < 0.1
    assert pool.behind == 0
    assert work_per_order(steps)["web"] == pytest.approx(0.391)
    [few] = replay(steps, orders=orders, processes={"web": max(1, int(pool.cores * 0.8))})
    assert few.behind > 60
