"""What the garments lie on: tinted paper in window light; and the film it is taken on."""

from functools import cache, lru_cache

from PIL import Image, ImageChops, ImageFilter

from devstack.pictures.cloth import cloud, dice, noise, soften
from devstack.pictures.colour import Colour, luts

Size = tuple[int, int]

TINTS: tuple[Colour, ...] = (
    (233, 229, 222),
    (225, 229, 231),
    (229, 232, 225),
    (236, 228, 222),
    (230, 228, 234),
    (222, 226, 222),
)


@lru_cache(4)
def _sheet(size: Size, seed: object) -> Image.Image:
    tint = TINTS[dice(seed).randrange(len(TINTS))]
    small = (size[0] // 8, size[1] // 8)
    light = window(small).resize(size, Image.Resampling.BICUBIC)
    shade = ImageChops.add(light, soften(grain(size), 1.1), 1, -128)
    return Image.merge("RGB", [shade.point(lut) for lut in luts(tint)])


def paper(size: Size, *, seed: object) -> Image.Image:
    """Return a tinted sheet, brighter where the window is, with the faint grain of paper."""
    return _sheet(size, seed).copy()


def window(size: Size) -> Image.Image:
    """Return light around middle grey that falls from the upper left."""
    across = Image.linear_gradient("L").rotate(90).resize(size)
    down = Image.linear_gradient("L").resize(size)
    fall = ImageChops.add(across, down, 2)
    light = fall.point([round(142 - v * 0.1) for v in range(256)])
    return ImageChops.add(light, soften(cloud(size, "window", (4, 5)), 0.05), 1, -128)


def develop(picture: Image.Image) -> Image.Image:
    """Return the photograph with film's fine grain over everything."""
    grey = grain(picture.size)
    return ImageChops.add(picture, Image.merge("RGB", (grey, grey, grey)), 1, -128)


@cache
def grain(size: Size) -> Image.Image:
    """Return fine soft noise around middle grey."""
    return soften(noise(size, "film").filter(ImageFilter.GaussianBlur(0.7)), 0.055)
