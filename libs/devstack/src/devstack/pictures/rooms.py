"""Plaster in the sun, and cloth hung from wall to wall."""

from math import cos, pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from devstack.pictures.backdrop import Size
from devstack.pictures.cloth import cloud, dice, noise, soften, surface
from devstack.pictures.colour import Colour, luts
from devstack.pictures.piece import Piece
from devstack.pictures.shapes import Knot

PLASTER: tuple[Colour, ...] = ((222, 214, 202), (205, 208, 206), (214, 203, 192), (200, 196, 190))


def draw_wall(seed: object, size: Size, _colour: Colour) -> Image.Image:
    """Return a plaster wall and its floor, crossed by the light of a window."""
    roll = dice(seed)
    tint = PLASTER[roll.randrange(len(PLASTER))]
    shade = _plaster(size, seed)
    shade = ImageChops.subtract(shade, _floor(size))
    light = _sunlight(roll, size)
    shade = ImageChops.add(shade, light.point([round(v * 0.26) for v in range(256)]), 1, -22)
    return Image.merge("RGB", [shade.point(lut) for lut in luts(tint)])


def draw_drape(seed: object, size: Size, colour: Colour) -> Image.Image:
    """Return heavy cloth falling in folds over the whole picture, lit from the left."""
    reach = max(2, size[0] // 260)
    small = (size[0] // 2 + 2 * reach, size[1] // 2)
    height = Image.new("L", small, 128)
    for cells, force in ((9, 0.75), (23, 0.36), (51, 0.12)):
        height = ImageChops.add(
            height, soften(_folds(small, f"{seed}{cells}", cells), force), 1, -128
        )
    slope = ImageChops.subtract(
        ImageChops.offset(height, -reach, 0), ImageChops.offset(height, reach, 0), 1, 128
    )
    valleys = height.point([round(128 - max(0, 118 - v) * 0.75) for v in range(256)])
    shade = ImageChops.add(soften(slope, 1.15), valleys, 1, -134)
    shade = shade.crop((reach, 0, small[0] - reach, small[1])).resize(
        size, Image.Resampling.BICUBIC
    )
    weave = (
        surface("twill").resize(size) if size[0] > 1200 else surface("twill").crop((0, 0, *size))
    )
    shade = ImageChops.add(shade, soften(weave, 0.5), 1, -128)
    dim = (
        Image.linear_gradient("L")
        .rotate(90)
        .resize(size)
        .point([round(v * 0.16) for v in range(256)])
    )
    return Image.merge("RGB", [ImageChops.subtract(shade, dim).point(lut) for lut in luts(colour)])


def _folds(size: Size, seed: str, cells: int) -> Image.Image:
    """One set of vertical folds, as heights, that sway and open towards the foot."""
    rows = 4
    roll = dice(seed)
    top = [roll.randrange(256) for _ in range(cells)]
    lines = [
        [max(0, min(255, v + roll.randrange(-30, 31) * row // 2)) for v in top]
        for row in range(rows)
    ]
    grid = Image.frombytes("L", (cells, rows), bytes(v for line in lines for v in line))
    wide = (round(size[0] * 1.5), size[1])
    flat = grid.resize(wide, Image.Resampling.BICUBIC)
    lean = roll.uniform(-0.1, 0.1)
    matrix = (1, lean, size[0] * 0.25 - lean * size[1] / 2, 0, 1, 0)
    return flat.transform(size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)


def _plaster(size: Size, seed: object) -> Image.Image:
    stains = soften(cloud(size, f"{seed}s", (7, 6)), 0.06)
    trowel = noise((size[0] // 9, size[1] // 14), f"{seed}t").resize(size, Image.Resampling.BICUBIC)
    fine = noise(size, "sand").filter(ImageFilter.GaussianBlur(1))
    rough = ImageChops.add(soften(trowel, 0.028), soften(fine, 0.1), 1, -128)
    return ImageChops.add(stains, rough, 1, -128)


def _floor(size: Size) -> Image.Image:
    """The floor is darker, and darkest in the corner where it meets the wall."""
    edge = round(size[1] * 0.88)
    dim = Image.new("L", (1, size[1]))
    dim.putdata([0 if y < edge else round(34 - min(16, (y - edge) * 0.1)) for y in range(size[1])])
    corner = Image.new("L", (1, size[1]))
    corner.putdata([round(max(0, 18 - abs(y - edge) * 0.16)) for y in range(size[1])])
    return ImageChops.add(dim, corner).filter(ImageFilter.GaussianBlur(1)).resize(size)


def _sunlight(roll: Random, size: Size) -> Image.Image:
    """Four panes of a window, thrown slantwise; soft at the edge like the sun's own disc."""
    mask = Image.new("L", (size[0] // 4, size[1] // 4))
    draw = ImageDraw.Draw(mask)
    width, height = mask.size
    left, top, slant = (
        width * roll.uniform(0.16, 0.34),
        height * 0.1,
        height * roll.uniform(0.12, 0.24),
    )
    pane = (width * 0.21, height * 0.26)
    for column in range(2):
        for row in range(3):
            x = left + column * pane[0] * 1.1
            y = top + row * pane[1] * 1.07 + column * slant * 0.5
            drop = slant * 0.46
            draw.polygon(
                [
                    (x, y),
                    (x + pane[0], y + drop),
                    (x + pane[0], y + drop + pane[1]),
                    (x, y + pane[1]),
                ],
                fill=235,
            )
    soft = mask.filter(ImageFilter.GaussianBlur(size[0] / 420))
    leaves = cloud(mask.size, roll.random(), (16, 20)).filter(ImageFilter.GaussianBlur(4))
    shaded = ImageChops.multiply(soft, leaves.point([min(255, 120 + v) for v in range(256)]))
    return shaded.resize(size, Image.Resampling.BICUBIC)


def peg_rail() -> list[Piece]:
    """Return a beech rail with a hanger's hook on its peg, in a garment's units."""
    rail: list[Knot] = [(-150, 1, 1), (250, 1, 1), (250, 6.4, 1), (-150, 6.4, 1)]
    pegs = [_disc(50 + 56 * n, 3.7, 1.7) for n in range(-3, 4)]
    hook: list[Knot] = [
        (49.6, 24, 1),
        (49.5, 12),
        (51.6, 8.6),
        (52.6, 5),
        (50, 1.6),
        (47.6, 3.4, 1),
        (48.1, 3.9, 1),
        (50, 2.4),
        (51.7, 5),
        (50.7, 8.2),
        (48.5, 11.6),
        (48.7, 24, 1),
    ]
    return [
        Piece(rail, lift=0.5, round=0.5, cloth="leather", colour="#c6a57d", crumple=0.3),
        *[Piece(peg, lift=0.6, round=1.0, cloth="leather", colour="#b8926a", crumple=0) for peg in pegs],
        Piece(hook, lift=0.5, round=0.6, cloth="leather", colour="#8d8a86", crumple=0),
    ]  # fmt: skip


def _disc(x: float, y: float, radius: float) -> list[Knot]:
    return [(x + radius * cos(turn * pi / 4), y + radius * sin(turn * pi / 4)) for turn in range(8)]
