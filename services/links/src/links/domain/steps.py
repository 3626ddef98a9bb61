"""What happens on a link, step by step (design.md, section 4.7)."""

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
class Day:
    """One day of a link, for the plot."""

    day: date
    seen: int = 0
    ordered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What happened on a link from `first` to `last`, both days included."""

    first: date
    last: date
    machines: int = 0
    """Openings that no page's script followed."""
    people: int = 0
    passed: int = 0
    signed_in: dict[str, int] = field(default_factory=dict)
    browsed: int = 0
    added: int = 0
    ordered: int = 0
    amounts: tuple[Money, ...] = ()
    days: tuple[Day, ...] = ()


def sum_up(counted: Iterable[Counted], *, first: date, last: date) -> Statistics:
    """Return the totals and one entry for each day, empty days too."""
    rows = list(counted)
    opened, seen = _times(rows, Step.OPENED), _times(rows, Step.SEEN)
    ways = sorted({row.detail for row in rows if row.step is Step.SIGNED_IN})
    sold = sorted({row.detail for row in rows if row.step is Step.ORDERED})
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return Statistics(
        first=first,
        last=last,
        machines=max(0, opened - seen),
        people=seen,
        passed=_times(rows, Step.PASSED),
        signed_in={way: _times(rows, Step.SIGNED_IN, detail=way) for way in ways},
        browsed=_times(rows, Step.BROWSED),
        added=_times(rows, Step.ADDED),
        ordered=_times(rows, Step.ORDERED),
        amounts=tuple(
            Money(
                sum(r.minor for r in rows if r.step is Step.ORDERED and r.detail == currency),
                currency,
            )
            for currency in sold
        ),
        days=tuple(
            Day(
                day=day,
                seen=_times(rows, Step.SEEN, day=day),
                ordered=_times(rows, Step.ORDERED, day=day),
            )
            for day in span
        ),
    )


def _times(
    rows: Iterable[Counted], step: Step, *, detail: str | None = None, day: date | None = None
) -> int:
    return sum(
        row.times
        for row in rows
        if row.step is step and detail in (None, row.detail) and day in (None, row.day)
    )
