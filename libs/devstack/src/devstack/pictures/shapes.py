"""Outlines in the picture's own units: 100 wide, 125 high, the origin at the upper left."""

import math
from collections.abc import Sequence

Point = tuple[float, float]
Knot = tuple[float, float] | tuple[float, float, int]
"""A point that a curve passes; a third value 1 makes it a corner."""

STEPS = 10


def smooth(knots: Sequence[Knot], *, closed: bool = True) -> list[Point]:
    """Return the curve through all knots, bent between corners (Catmull-Rom)."""
    count = len(knots)
    curve: list[Point] = []
    for at in range(count if closed else count - 1):
        before = _neighbour(knots, at, -1, closed)
        after = _neighbour(knots, (at + 1) % count, 1, closed)
        curve += _segment(before, _xy(knots[at]), _xy(knots[(at + 1) % count]), after)
    if not closed:
        curve.append(_xy(knots[-1]))
    return curve


def mirrored(half: Sequence[Knot], axis: float = 50.0) -> list[Knot]:
    """Return the whole outline of a right half that runs from top centre to bottom centre."""
    left = [_mirror(knot, axis) for knot in reversed(half) if abs(knot[0] - axis) > 0.01]
    return [*half, *left]


def flipped(knots: Sequence[Knot], axis: float = 50.0) -> list[Knot]:
    """Return the same shape on the other side of the axis."""
    return [_mirror(knot, axis) for knot in knots]


def lens(start: Point, end: Point, *, bend: float, width: float) -> list[Point]:
    """Return a fold's body: pointed at both ends, widest in the middle, bent to one side."""
    length = math.hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    normal = (-(end[1] - start[1]) / length, (end[0] - start[0]) / length)
    one: list[Point] = []
    other: list[Point] = []
    for step in range(STEPS + 1):
        along = step / STEPS
        bulge = math.sin(math.pi * along)
        x = start[0] + (end[0] - start[0]) * along + normal[0] * bend * bulge
        y = start[1] + (end[1] - start[1]) * along + normal[1] * bend * bulge
        half = width * bulge**0.8 / 2
        one.append((x + normal[0] * half, y + normal[1] * half))
        other.append((x - normal[0] * half, y - normal[1] * half))
    return one + other[::-1]


def _mirror(knot: Knot, axis: float) -> Knot:
    x, y = 2 * axis - knot[0], knot[1]
    return (x, y, knot[2]) if len(knot) == 3 else (x, y)


def _xy(knot: Knot) -> Point:
    return knot[0], knot[1]


def _neighbour(knots: Sequence[Knot], at: int, step: int, closed: bool) -> Point | None:
    """The knot before or after, unless this one is a corner or an end."""
    is_corner = len(knots[at]) == 3 and knots[at][-1] == 1
    following = at + step
    if is_corner or (not closed and not 0 <= following < len(knots)):
        return None
    return _xy(knots[following % len(knots)])


def _segment(before: Point | None, start: Point, end: Point, after: Point | None) -> list[Point]:
    before = before or start
    after = after or end
    points: list[Point] = []
    for step in range(STEPS):
        t = step / STEPS
        points.append(
            (
                _bend(before[0], start[0], end[0], after[0], t),
                _bend(before[1], start[1], end[1], after[1], t),
            )
        )
    return points


def _bend(p0: float, p1: float, p2: float, p3: float, t: float) -> float:
    """One coordinate of a Catmull-Rom spline."""
    return 0.5 * (
        2 * p1
        + (p2 - p0) * t
        + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t
        + (3 * p1 - p0 - 3 * p2 + p3) * t * t * t
    )
