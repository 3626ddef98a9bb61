"""Where a garment's units fall on a picture, and the part of it that a piece touches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sin

from PIL import Image, ImageDraw

from devstack.pictures.shapes import Point

SHARP = 2
"""Sharp things are drawn this many times larger and shrunk."""
COARSE = 4
"""Soft things are drawn this many times smaller and stretched."""
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Place:
    """Where the units of a garment fall on a picture."""

    scale: float
    left: float = 0.0
    top: float = 0.0

    phase: float = 0.0
    """No cloth lies straight: where the slow waves that bend every line begin."""

    def points(self, points: Iterable[Point]) -> list[Point]:
        return [self._point(x, y) for x, y in points]

    def _point(self, x: float, y: float) -> Point:
        x, y = (
            x + 0.5 * sin(y * 0.075 + self.phase) + 0.22 * sin(y * 0.21 + 2 * self.phase),
            y + 0.55 * sin(x * 0.06 + 1.7 * self.phase) + 0.2 * sin(x * 0.19 + self.phase),
        )
        return self.left + x * self.scale, self.top + y * self.scale


def frame_of(outline: Sequence[Point], size: tuple[int, int], *, margin: int) -> Box:
    """The part of the picture that the piece and its shadow can touch, in steps of COARSE."""
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    left, top = max(0, int(min(xs)) - margin), max(0, int(min(ys)) - margin)
    right, bottom = min(size[0], int(max(xs)) + margin), min(size[1], int(max(ys)) + margin)
    left, top = left - left % COARSE, top - top % COARSE
    return left, top, max(left + COARSE, right), max(top + COARSE, bottom)


def size_of(box: Box) -> tuple[int, int]:
    return box[2] - box[0], box[3] - box[1]


def mask_of(outline: Sequence[Point], box: Box) -> Image.Image:
    width, height = size_of(box)
    sharp = Image.new("L", (width * SHARP, height * SHARP))
    moved = [((x - box[0]) * SHARP, (y - box[1]) * SHARP) for x, y in outline]
    ImageDraw.Draw(sharp).polygon(moved, fill=255)
    return sharp.reduce(SHARP)
