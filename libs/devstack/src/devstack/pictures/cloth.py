"""Surfaces: grey tiles around 128 that lighten and darken a colour. Made once per kind."""

from functools import cache
from random import Random

from PIL import Image, ImageChops, ImageFilter

TILE = (1200, 1500)
MIDDLE = 128


def dice(seed: object) -> Random:
    """Return a random source that always rolls the same for the same seed."""
    return Random(str(seed))  # noqa: S311 - pictures, not secrets


def noise(size: tuple[int, int], seed: object) -> Image.Image:
    """Return even grey noise over the whole range."""
    return Image.frombytes("L", size, dice(seed).randbytes(size[0] * size[1]))


def soften(grey: Image.Image, amount: float) -> Image.Image:
    """Return the tile with its distance from middle grey scaled by `amount`."""
    return grey.point([round(max(0, min(255, MIDDLE + (v - MIDDLE) * amount))) for v in range(256)])


def together(one: Image.Image, other: Image.Image) -> Image.Image:
    """Return the sum of two tiles' distances from middle grey."""
    return ImageChops.add(one, other, 1, -MIDDLE)


@cache
def surface(kind: str) -> Image.Image:
    """Return the cloth's tile, as large as a picture."""
    makers = {
        "jersey": _jersey,
        "twill": _twill,
        "knit": _knit,
        "rib": _rib,
        "wool": _wool,
        "canvas": _canvas,
        "leather": _leather,
        "chunky": _chunky,
    }
    return makers.get(kind, _poplin)()


def cloud(size: tuple[int, int], seed: object, cells: tuple[int, int]) -> Image.Image:
    """Return soft, large patches: `cells` of noise stretched over the whole."""
    return noise(cells, seed).resize(size, Image.Resampling.BICUBIC)


def _threads(across: int, along: int, seed: str, amount: float) -> Image.Image:
    """Noise drawn out into threads: wide horizontally by `across`, vertically by `along`."""
    width, height = TILE[0] // across, TILE[1] // along
    fine = noise((width, height), seed).resize(TILE, Image.Resampling.BILINEAR)
    return soften(fine, amount)


def _poplin() -> Image.Image:
    return together(_threads(10, 1, "weft", 0.05), _threads(1, 10, "warp", 0.05))


def _canvas() -> Image.Image:
    return together(_threads(12, 2, "weft", 0.1), _threads(2, 12, "warp", 0.1))


def _jersey() -> Image.Image:
    return together(_threads(1, 6, "jersey", 0.055), _threads(3, 3, "lint", 0.03))


def _wool() -> Image.Image:
    nap = noise(TILE, "wool").filter(ImageFilter.GaussianBlur(1.1))
    return together(soften(nap, 0.34), soften(cloud(TILE, "nap", (110, 140)), 0.035))


def _leather() -> Image.Image:
    pores = noise((TILE[0] // 3, TILE[1] // 3), "hide").resize(TILE, Image.Resampling.BICUBIC)
    return soften(pores.filter(ImageFilter.GaussianBlur(1.4)), 0.09)


def _twill() -> Image.Image:
    """Diagonal lines, irregular like yarn."""
    line = bytes([104, 116, 138, 150, 142, 122])
    rows = [bytes(line[(x + y) % 6] for x in range(6 * 50)) for y in range(6)]
    tile = Image.frombytes("L", (300, 6), b"".join(rows))
    return together(soften(_repeat(tile), 0.42), _threads(3, 3, "twill", 0.05))


def _knit() -> Image.Image:
    return together(soften(_repeat(_stitches(9, 8)), 0.5), _threads(4, 4, "yarn", 0.05))


def _chunky() -> Image.Image:
    return together(soften(_repeat(_stitches(20, 17)), 0.8), _threads(3, 3, "yarn", 0.07))


def _rib() -> Image.Image:
    stitch = _stitches(9, 8)
    ribs = bytes(int(128 + 44 * _wave(x / 18)) for x in range(18))
    wall = Image.frombytes("L", (18, 1), ribs).resize((18, 8))
    two = Image.new("L", (18, 8))
    two.paste(stitch, (0, 0))
    two.paste(stitch, (9, 0))
    return soften(_repeat(together(soften(two, 0.4), wall)), 0.55)


def _wave(turn: float) -> float:
    from math import cos, pi

    return cos(2 * pi * turn)


def _stitches(width: int, height: int) -> Image.Image:
    """Return one knitted V, light on its back and dark between the loops."""
    big = Image.new("L", (width, height), MIDDLE)
    pixels = []
    for y in range(height):
        for x in range(width):
            side = abs((x + 0.5) / width - 0.5) * 2
            turn = (y + 0.5) / height - 0.55 * side
            light = _wave(turn) * 38 + (34 if 0.25 < side < 0.8 else -34)
            pixels.append(int(max(0, min(255, MIDDLE + light))))
    big.frombytes(bytes(pixels))
    return big


def _repeat(tile: Image.Image) -> Image.Image:
    """Return the tile laid over the whole picture, doubling what is laid each time."""
    whole = Image.new("L", TILE)
    whole.paste(tile, (0, 0))
    width, height = tile.size
    while width < TILE[0]:
        whole.paste(whole.crop((0, 0, width, height)), (width, 0))
        width *= 2
    while height < TILE[1]:
        whole.paste(whole.crop((0, 0, TILE[0], height)), (0, height))
        height *= 2
    return whole
