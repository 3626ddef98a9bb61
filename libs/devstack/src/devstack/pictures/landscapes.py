"""Hills and sea in fog: flat planes of air, each paler than the one before it."""

from math import sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from devstack.pictures.backdrop import Size
from devstack.pictures.cloth import cloud, dice, noise, soften
from devstack.pictures.colour import Colour

MOODS: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((206, 214, 220), (240, 230, 218), (52, 66, 78)),
    ((214, 208, 206), (245, 228, 208), (74, 66, 70)),
    ((198, 210, 206), (232, 236, 226), (44, 64, 60)),
)
"""Sky above, light at the horizon, the nearest plane."""


def draw_hills(seed: object, size: Size, _colour: Colour) -> Image.Image:
    """Return ridges behind ridges, the nearest dark, fog lying in every valley."""
    roll = dice(seed)
    sky, glow, near = MOODS[roll.randrange(len(MOODS))]
    picture = _sky(size, sky, glow)
    planes = 6
    for plane in range(planes):
        depth = (plane + 1) / planes
        line = size[1] * (0.4 + 0.5 * depth**1.25)
        mask = _ridge(roll, size, line=line, swing=size[1] * (0.03 + 0.07 * depth), rough=depth)
        tone = blend(glow, near, depth**1.5)
        _lay(picture, mask, top=tone, foot=blend(tone, glow, 0.5 * (1.1 - depth)), line=line)
    return _warm(picture, roll)


def draw_sea(seed: object, size: Size, _colour: Colour) -> Image.Image:
    """Return a still sea under morning fog, one headland, light on the water."""
    roll = dice(seed)
    sky, glow, near = MOODS[roll.randrange(len(MOODS))]
    picture = _sky(size, sky, glow)
    horizon = round(size[1] * 0.56)
    for depth in (0.3, 0.55):
        mask = _headland(
            roll,
            size,
            horizon=horizon,
            height=size[1] * (0.05 + 0.1 * depth),
            reach=0.45 + 0.3 * depth,
        )
        _lay(
            picture,
            mask,
            top=blend(glow, near, depth * 0.8),
            foot=blend(glow, near, depth * 0.5),
            line=horizon * 0.85,
        )
    water = _water(size, horizon, glow=glow, near=near)
    picture.paste(water, (0, horizon))
    haze = Image.new("L", (1, size[1]))
    haze.putdata([round(max(0, 190 - abs(y - horizon) * 900 / size[1])) for y in range(size[1])])
    picture.paste(Image.new("RGB", size, glow), (0, 0), haze.resize(size))
    return _warm(picture, roll)


def blend(one: Colour, other: Colour, share: float) -> Colour:
    """Return the colour `share` of the way from one to the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _sky(size: Size, top: Colour, foot: Colour) -> Image.Image:
    fall = (
        Image.linear_gradient("L")
        .resize(size)
        .point([min(255, round(v * 1.5)) for v in range(256)])
    )
    return Image.composite(Image.new("RGB", size, foot), Image.new("RGB", size, top), fall)


def _ridge(roll: Random, size: Size, *, line: float, swing: float, rough: float) -> Image.Image:
    """A mountain's line from waves of falling length, filled to the ground."""
    waves = [(roll.uniform(0.6, 1.4) * 2**n, roll.random() * 7, 0.52**n) for n in range(7)]
    points = []
    for x in range(0, size[0] + 8, 4):
        along = x / size[0] * 3.2
        y = sum(
            share * sin(along * pace + phase)
            for pace, phase, share in waves[: 4 + round(3 * rough)]
        )
        points.append((x * 2.0, (line + swing * y) * 2.0))
    sharp = Image.new("L", (size[0] * 2, size[1] * 2))
    ImageDraw.Draw(sharp).polygon([*points, (size[0] * 2, size[1] * 2), (0, size[1] * 2)], fill=255)
    return sharp.reduce(2)


def _headland(
    roll: Random, size: Size, *, horizon: int, height: float, reach: float
) -> Image.Image:
    mask = Image.new("L", size)
    side = roll.random() < 0.5
    points: list[tuple[float, float]] = [(0, horizon)]
    for step in range(61):
        along = step / 60
        fall = (1 - along) ** 0.6 * (
            0.82 + 0.12 * sin(along * 9 + reach * 20) + 0.05 * sin(along * 31)
        )
        points.append((along * reach * size[0], horizon - height * fall))
    points.append((reach * size[0], horizon))
    ImageDraw.Draw(mask).polygon([(size[0] - x if side else x, y) for x, y in points], fill=255)
    return mask.filter(ImageFilter.GaussianBlur(1.2))


def _lay(
    picture: Image.Image, mask: Image.Image, *, top: Colour, foot: Colour, line: float
) -> None:
    """Paint one plane; fog rises from its foot."""
    size = picture.size
    fall = Image.new("L", (1, size[1]))
    reach = size[1] * 0.22
    fall.putdata([round(max(0, min(255, (y - line) / reach * 255))) for y in range(size[1])])
    plane = Image.composite(
        Image.new("RGB", size, foot), Image.new("RGB", size, top), fall.resize(size)
    )
    picture.paste(plane, (0, 0), mask)


def _water(size: Size, horizon: int, *, glow: Colour, near: Colour) -> Image.Image:
    depth = (size[0], size[1] - horizon)
    fall = Image.linear_gradient("L").resize(depth)
    base = Image.composite(
        Image.new("RGB", depth, blend(glow, near, 0.62)),
        Image.new("RGB", depth, blend(glow, near, 0.12)),
        fall,
    )
    long = noise((max(2, depth[0] // 60), depth[1] // 5), "swell").resize(
        depth, Image.Resampling.BICUBIC
    )
    short = noise((max(2, depth[0] // 22), depth[1] // 2), "ripple").resize(
        depth, Image.Resampling.BICUBIC
    )
    waves = ImageChops.add(soften(long, 0.1), soften(short, 0.1), 1, -128)
    calm = Image.composite(
        waves, Image.new("L", depth, 128), fall.point([round(60 + v * 0.76) for v in range(256)])
    )
    return ImageChops.add(base, Image.merge("RGB", (calm, calm, calm)), 1, -128)


def _warm(picture: Image.Image, roll: Random) -> Image.Image:
    """Lay a low sun's glow and drifting fog over the whole."""
    size = picture.size
    sun = Image.radial_gradient("L").point([max(0, 150 - v) for v in range(256)])
    wide = sun.resize((size[0], size[0]), Image.Resampling.BICUBIC)
    left, top = round(size[0] * roll.uniform(-0.3, 0.3)), round(size[1] * 0.42 - size[0] / 2)
    picture.paste(Image.new("RGB", wide.size, (255, 240, 216)), (left, top), wide)
    fog = cloud(size, roll.random(), (5, 9)).point(
        [max(0, round((v - 140) * 0.5)) for v in range(256)]
    )
    picture.paste(Image.new("RGB", size, (238, 236, 232)), (0, 0), fog)
    return picture
