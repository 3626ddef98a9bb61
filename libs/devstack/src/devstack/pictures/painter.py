"""Lays pieces of cloth on a picture: shadow, colour, edges, folds, weave, seams, buttons.

Light falls from the upper left. Everything soft is worked out at a quarter of the size and
stretched, everything sharp at twice the size and shrunk.
"""

from collections.abc import Sequence

from PIL import Image

from devstack.pictures.colour import Colour, luts, mix, rgb
from devstack.pictures.piece import Piece
from devstack.pictures.place import Place, frame_of, mask_of
from devstack.pictures.sewing import fasten, sew
from devstack.pictures.shading import cast_shadow, shade_of
from devstack.pictures.shapes import smooth


def paint(picture: Image.Image, pieces: Sequence[Piece], *, colour: Colour, place: Place) -> None:
    """Lay the pieces on the picture, in order; the first shadow falls on the picture itself."""
    for number, piece in enumerate(pieces):
        _lay(picture, piece, colour=colour, place=place, seed=number)


def _lay(picture: Image.Image, piece: Piece, *, colour: Colour, place: Place, seed: int) -> None:
    outline = place.points(smooth(piece.outline))
    box = frame_of(outline, picture.size, margin=round(6 * place.scale))
    mask = mask_of(outline, box)
    if piece.lift:
        cast_shadow(picture, mask, box, reach=place.scale, strength=piece.lift)
    own = rgb(piece.colour) if piece.colour else colour
    shade = shade_of(piece, mask, box, place=place, seed=seed)
    cloth = Image.merge("RGB", [shade.point(lut) for lut in luts(mix(own, piece.tone))])
    picture.paste(cloth, box[:2], mask)
    if piece.seams:
        sew(picture, piece.seams, mask, box, place=place, thread=mix(own, 0.42))
    for button in piece.buttons:
        fasten(picture, button, mix(own, piece.tone), place=place)
