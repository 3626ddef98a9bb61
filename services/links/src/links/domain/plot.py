"""Where the bars of a plot by day stand; whole numbers, so that it is drawn the same everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from links.domain.steps import Day

HEIGHT, GAP = 120, 2
WIDEST = 720


@dataclass(frozen=True, slots=True)
class Bar:
    """A day: people as a bar, orders as a shorter one in front of it."""

    day: Day
    x: int
    width: int
    seen_height: int
    ordered_height: int


@dataclass(frozen=True, slots=True)
class Plot:
    width: int
    height: int
    highest: int
    """How many the top of the plot stands for."""
    bars: tuple[Bar, ...]


def plot_of(days: Sequence[Day]) -> Plot:
    """Return the bars of these days, the busiest as high as the plot."""
    highest = max([max(day.people, day.ordered) for day in days], default=0)
    width = max(3, WIDEST // max(1, len(days)) - GAP)
    bars = tuple(
        Bar(
            day=day,
            x=number * (width + GAP),
            width=width,
            seen_height=_height(day.people, highest),
            ordered_height=_height(day.ordered, highest),
        )
        for number, day in enumerate(days)
    )
    return Plot(len(days) * (width + GAP), HEIGHT, highest, bars)


def _height(times: int, highest: int) -> int:
    """Return the bar's height; whatever happened at all can be seen."""
    return max(2, HEIGHT * times // highest) if times else 0
