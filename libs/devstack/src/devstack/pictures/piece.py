"""What a garment is made of: pieces of cloth laid one on the other, with folds, seams and buttons."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from devstack.pictures.shapes import Knot, Point


@dataclass(frozen=True)
class Fold:
    """A bulge of cloth from one point to another, lit on one side; depth 0 to 1."""

    start: Point
    end: Point
    bend: float = 0.0
    width: float = 4.0
    depth: float = 0.5


@dataclass(frozen=True)
class Seam:
    """A line sewn along these knots; stitched ones show their thread."""

    knots: Sequence[Knot]
    stitched: bool = False
    depth: float = 0.5
    width: float = 0.22


@dataclass(frozen=True)
class Button:
    at: Point
    radius: float = 0.95
    tone: float = 0.0


@dataclass(frozen=True)
class Piece:
    """One piece of cloth.

    `tone` lightens or darkens the garment's colour, `lift` is the shadow it throws on what lies
    under it, `round` how much its edges turn away, `grain` the direction of a knit's ribs.
    """

    outline: Sequence[Knot]
    cloth: str = "poplin"
    tone: float = 0.0
    lift: float = 0.35
    round: float = 0.5
    crumple: float = 0.5
    folds: Sequence[Fold] = field(default_factory=tuple)
    seams: Sequence[Seam] = field(default_factory=tuple)
    buttons: Sequence[Button] = field(default_factory=tuple)
    colour: str | None = None
    """Its own colour, where it is not the garment's (a lining, a sole)."""
