"""Colours, and what light and shadow make of them."""

from collections.abc import Iterable
from functools import cache

from PIL import ImageColor

from devstack.pictures.cloth import MIDDLE

Colour = tuple[int, int, int]


def mix(colour: Colour, tone: float) -> Colour:
    """Return the colour, lighter for a positive tone, darker for a negative one."""
    if tone >= 0:
        return _rgb(c + (255 - c) * tone for c in colour)
    return _rgb(c * (1 + tone) for c in colour)


def rgb(hexadecimal: str) -> Colour:
    return _rgb(ImageColor.getrgb(hexadecimal)[:3])


@cache
def luts(colour: Colour) -> list[list[int]]:
    """Light cloth keeps its shadows pale and warm; dark cloth shines a little."""
    warmth = (0.96, 1.0, 1.05)
    bright = sum(colour) / 765
    depth = 0.95 - 0.3 * bright
    floor = 4 + bright * 20
    return [
        [_lit(channel, (v - MIDDLE) / 127, warmth[at] * depth, floor) for v in range(256)]
        for at, channel in enumerate(colour)
    ]


def _lit(channel: int, turn: float, depth: float, floor: float) -> int:
    if turn < 0:
        value = max(channel * (1 + turn * depth), min(channel, floor))
    else:
        value = channel + (255 - channel) * turn * 0.45 + channel * turn * 0.16
    return round(max(0, min(255, value)))


def _rgb(values: Iterable[float]) -> Colour:
    red, green, blue = (round(max(0, min(255, value))) for value in values)
    return red, green, blue
