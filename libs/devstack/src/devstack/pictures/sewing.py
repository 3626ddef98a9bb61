"""Seams, stitches and buttons."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from devstack.pictures.colour import Colour, mix
from devstack.pictures.piece import Button, Seam
from devstack.pictures.place import SHARP, Box, Place, size_of
from devstack.pictures.shading import cast_shadow
from devstack.pictures.shapes import Point, smooth


def sew(
    picture: Image.Image,
    seams: Sequence[Seam],
    mask: Image.Image,
    box: Box,
    *,
    place: Place,
    thread: Colour,
) -> None:
    """Sunken lines, a lit edge beside each, and the thread where it shows."""
    size = size_of(box)
    ink = Image.new("L", (size[0] * SHARP, size[1] * SHARP))
    draw = ImageDraw.Draw(ink)
    for seam in seams:
        _stitch(draw, seam, box, place=place)
    sharp = ImageChops.multiply(ink.reduce(SHARP), mask)
    sharp = sharp.filter(ImageFilter.BoxBlur(0.05 * place.scale))
    picture.paste(Image.new("RGB", size, (24, 22, 28)), box[:2], sharp.point(_scaled(0.8)))
    step = round(0.17 * place.scale)
    lit = ImageChops.offset(sharp, step, step).point(_scaled(0.7))
    picture.paste(Image.new("RGB", size, thread), box[:2], lit)


def _stitch(draw: ImageDraw.ImageDraw, seam: Seam, box: Box, *, place: Place) -> None:
    line = [
        ((x - box[0]) * SHARP, (y - box[1]) * SHARP)
        for x, y in place.points(smooth(seam.knots, closed=False))
    ]
    thick = max(2, round(seam.width * place.scale * SHARP))
    ink = round(255 * seam.depth)
    if not seam.stitched:
        draw.line(line, fill=ink, width=thick, joint="curve")
        return
    for start, end in _dashes(line, place.scale * SHARP * 0.62):
        draw.line([start, end], fill=ink, width=thick)


def _scaled(amount: float) -> list[int]:
    return [round(min(255, v * amount)) for v in range(256)]


def _dashes(line: Sequence[Point], length: float) -> list[tuple[Point, Point]]:
    """Return stitches of `length` along the line, with gaps half as long."""
    dashes: list[tuple[Point, Point]] = []
    start, walked, is_thread = line[0], 0.0, True
    for spot, step in _walk(line, length / 6):
        walked += step
        if walked < length * (1 if is_thread else 0.5):
            continue
        if is_thread:
            dashes.append((start, spot))
        start, walked, is_thread = spot, 0.0, not is_thread
    return dashes


def _walk(line: Sequence[Point], pace: float) -> Iterator[tuple[Point, float]]:
    """Yield spots no further than `pace` apart, each with the way from the one before."""
    for one, other in pairwise(line):
        way = hypot(other[0] - one[0], other[1] - one[1])
        steps = max(1, round(way / pace))
        for step in range(1, steps + 1):
            along = step / steps
            spot = one[0] + (other[0] - one[0]) * along, one[1] + (other[1] - one[1]) * along
            yield spot, way / steps


def fasten(picture: Image.Image, button: Button, colour: Colour, *, place: Place) -> None:
    ((x, y),) = place.points([button.at])
    radius = button.radius * place.scale
    box = (
        round(x - 2 * radius),
        round(y - 2 * radius),
        round(x + 2 * radius),
        round(y + 2 * radius),
    )
    size = size_of(box)
    disc = Image.new("L", (size[0] * 4, size[1] * 4))
    draw = ImageDraw.Draw(disc)
    centre, wide = size[0] * 2, radius * 4
    draw.ellipse([centre - wide, centre - wide, centre + wide, centre + wide], fill=255)
    mask = disc.resize(size, Image.Resampling.BOX)
    cast_shadow(picture, mask, box, reach=place.scale * 0.5, strength=0.8)
    base = mix(colour, button.tone or (0.28 if sum(colour) < 380 else -0.35))
    picture.paste(Image.new("RGB", size, base), box[:2], mask)
    marks = Image.new("L", disc.size)
    pen = ImageDraw.Draw(marks)
    rim = wide * 0.74
    pen.ellipse(
        [centre - rim, centre - rim, centre + rim, centre + rim],
        outline=120,
        width=round(wide * 0.1),
    )
    for dx in (-0.24, 0.24):
        for dy in (-0.24, 0.24):
            hole = wide * 0.12
            a, b = centre + dx * wide, centre + dy * wide
            pen.ellipse([a - hole, b - hole, a + hole, b + hole], fill=230)
    picture.paste(
        Image.new("RGB", size, mix(base, -0.55)), box[:2], marks.resize(size, Image.Resampling.BOX)
    )
