"""What happens on a link, step by step."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from common.money import Money


class Step(Enum):
    """In the order in which a buyer takes them."""

    OPENED = "opened"
    """The gate was asked for, by whatever: a person, a mail scanner, a preview of a chat."""
    SEEN = "seen"
    """A page ran its script in front of somebody."""
    PASSED = "passed"
    SIGNED_IN = "signed_in"
    BROWSED = "browsed"
    ADDED = "added"
    ORDERED = "ordered"


BY_PAGES = frozenset({Step.SEEN, Step.BROWSED, Step.ADDED})
"""What a page's own script reports; everything else is known by the services themselves."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often a step was taken on one day. `detail`: the way of signing in, or the currency."""

    day: date
    step: Step
    detail: str
    times: int
    minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallied:
    """How often each step was taken, on a day or in all."""

    machines: int = 0
    """Openings that no page's script followed."""
    people: int = 0
    passed: int = 0
    signed_in: dict[str, int] = field(default_factory=dict)
    """By the way of signing in."""
    browsed: int = 0
    added: int = 0
    ordered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Tallied):
    """One day of a link."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics(Tallied):
    """What happened on a link from `first` to `last`, both days included."""

    first: date
    last: date
    amounts: tuple[Money, ...] = ()
    days: tuple[Day, ...] = ()
    """One entry for each day, empty days too; they add up to the totals."""


def sum_up(counted: Iterable[Counted], *, first: date, last: date) -> Statistics:
    """Return the totals and every day of the span."""
    by_day: dict[date, list[Counted]] = defaultdict(list)
    sold: Counter[str] = Counter()
    ways: Counter[str] = Counter()
    for row in counted:
        by_day[row.day].append(row)
        if row.step is Step.ORDERED:
            sold[row.detail] += row.minor
        elif row.step is Step.SIGNED_IN:
            ways[row.detail] += row.times
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    days = tuple(_day(day, by_day.get(day, [])) for day in span)
    return Statistics(
        first=first,
        last=last,
        machines=sum(day.machines for day in days),
        people=sum(day.people for day in days),
        passed=sum(day.passed for day in days),
        signed_in=dict(sorted(ways.items())),
        browsed=sum(day.browsed for day in days),
        added=sum(day.added for day in days),
        ordered=sum(day.ordered for day in days),
        amounts=tuple(Money(sold[currency], currency) for currency in sorted(sold)),
        days=days,
    )


def _day(day: date, rows: Iterable[Counted]) -> Day:
    times: Counter[Step] = Counter()
    ways: Counter[str] = Counter()
    for row in rows:
        times[row.step] += row.times
        if row.step is Step.SIGNED_IN:
            ways[row.detail] += row.times
    return Day(
        day=day,
        machines=max(0, times[Step.OPENED] - times[Step.SEEN]),
        people=times[Step.SEEN],
        passed=times[Step.PASSED],
        signed_in=dict(sorted(ways.items())),
        browsed=times[Step.BROWSED],
        added=times[Step.ADDED],
        ordered=times[Step.ORDERED],
    )
