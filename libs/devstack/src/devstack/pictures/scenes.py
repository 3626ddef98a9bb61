"""Pictures without a model: landscapes, walls in the sun and hanging cloth, for heroes, lookbooks and gates."""

from PIL import Image

from devstack.pictures.backdrop import Size, develop
from devstack.pictures.colour import rgb
from devstack.pictures.draw import GARMENTS
from devstack.pictures.landscapes import draw_hills, draw_sea
from devstack.pictures.painter import paint
from devstack.pictures.place import Place
from devstack.pictures.rooms import draw_drape, draw_wall, peg_rail

VIEWS = {"hills": draw_hills, "sea": draw_sea, "wall": draw_wall, "drape": draw_drape}


def draw_scene(
    seed: object,
    view: str = "hills",
    *,
    size: Size = (1600, 1000),
    garment: str | None = None,
    colour_hex: str = "#8d8779",
) -> Image.Image:
    """Return one of VIEWS; with a garment of KINDS it hangs on a "wall". `colour_hex` dyes it, or the drape."""
    picture = VIEWS[view](seed, size, rgb(colour_hex))
    if garment:
        height = size[1] * 0.74
        place = Place(
            height / 125, left=size[0] / 2 - height / 125 * 50, top=size[1] * 0.13, phase=1.3
        )
        paint(picture, [*peg_rail(), *GARMENTS[garment]()], colour=rgb(colour_hex), place=place)
    return develop(picture)
