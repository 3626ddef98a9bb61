"""A garment's photograph: paper, the garment, the camera."""

from collections.abc import Callable

from PIL import Image

from devstack.pictures.backdrop import develop, paper
from devstack.pictures.cloth import dice
from devstack.pictures.colour import rgb
from devstack.pictures.garments import bottoms, outer, shoes, small, tops
from devstack.pictures.painter import paint
from devstack.pictures.piece import Piece
from devstack.pictures.place import Place

GARMENTS: dict[str, Callable[[], list[Piece]]] = {
    "tee": tops.tee,
    "knit": tops.knit,
    "cardigan": tops.cardigan,
    "overshirt": outer.overshirt,
    "coat": outer.coat,
    "dress": bottoms.dress,
    "trousers": bottoms.trousers,
    "skirt": bottoms.skirt,
    "tote": small.tote,
    "scarf": small.scarf,
    "beanie": small.beanie,
    "loafers": shoes.loafers,
}
KINDS = tuple(GARMENTS)


def draw_garment(
    kind: str, colour_hex: str, *, size: tuple[int, int] = (1200, 1500)
) -> Image.Image:
    """Return the photograph of a garment of one of KINDS; the same arguments, the same picture."""
    picture = paper((1200, 1500), seed=kind)
    paint(
        picture,
        GARMENTS[kind](),
        colour=rgb(colour_hex),
        place=Place(12.0, phase=dice(kind).random() * 6),
    )
    picture = develop(picture)
    return picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)
