"""How light each spot of a piece of cloth is: its edges, folds, creases and weave."""

from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from devstack.pictures.cloth import MIDDLE, cloud, dice, soften, surface, together
from devstack.pictures.piece import Fold, Piece
from devstack.pictures.place import COARSE, Box, Place, size_of
from devstack.pictures.shapes import lens


def shade_of(piece: Piece, mask: Image.Image, box: Box, *, place: Place, seed: int) -> Image.Image:
    """Return how light each spot of the piece is: 128 as its colour says."""
    size = size_of(box)
    small = mask.reduce(COARSE)
    soft = _edges(small, reach=place.scale / COARSE, amount=piece.round)
    seedling = f"{piece.cloth}{seed}{len(piece.folds)}"
    soft = together(soft, soften(cloud(small.size, seedling, (6, 7)), 0.05 * piece.crumple))
    folds = [*piece.folds, *_creases(piece, seedling)]
    if folds:
        soft = together(soft, _folds(folds, small.size, box, place=place))
    weave = surface(piece.cloth)
    fits = size[0] <= weave.width and size[1] <= weave.height
    weave = weave.crop((0, 0, *size)) if fits else weave.resize(size)
    return together(soft.resize(size, Image.Resampling.BICUBIC), weave)


def _creases(piece: Piece, seed: str) -> list[Fold]:
    """The small creases that any cloth gets from being handled, mostly along its length."""
    xs, ys = [knot[0] for knot in piece.outline], [knot[1] for knot in piece.outline]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    roll = dice(seed)
    creases: list[Fold] = []
    for _ in range(round(piece.crumple * (width * height) ** 0.5 / 5)):
        x, y = min(xs) + roll.random() * width, min(ys) + roll.random() * height
        reach, lean = 10 + roll.random() * 12, (roll.random() - 0.5) * 9
        bend, depth = (roll.random() - 0.5) * 3, 0.08 + roll.random() * 0.16
        thick = (1.6, 2.4, 3.4)[roll.randrange(3)]
        creases.append(Fold((x, y), (x + lean, y + reach), bend, thick, depth))
    return creases


def _edges(small: Image.Image, *, reach: float, amount: float) -> Image.Image:
    """Edges turn from the light: dark to the lower right, bright to the upper left, thin rims."""
    near = small.filter(ImageFilter.GaussianBlur(0.55 * reach))
    far = small.filter(ImageFilter.GaussianBlur(2.2 * reach))
    step = max(1, round(0.9 * reach))
    lit = ImageChops.subtract(
        ImageChops.offset(far, -step, -step), ImageChops.offset(far, step, step), 1, MIDDLE
    )
    rim = near.point([round(MIDDLE - (255 - v) * 0.15 * amount) for v in range(256)])
    turn = far.point([round(MIDDLE - (255 - v) * 0.13 * amount) for v in range(256)])
    return together(together(soften(lit, 0.62 * amount), rim), turn)


def _folds(folds: Sequence[Fold], size: tuple[int, int], box: Box, *, place: Place) -> Image.Image:
    """A fold is a soft valley beside a soft ridge with a crisp crease between them."""
    total = Image.new("L", size, MIDDLE)
    unit = place.scale / COARSE
    for width in sorted({fold.width for fold in folds}):
        chosen = [fold for fold in folds if fold.width == width]
        for share, blur, force in ((1.0, 0.34, 66), (0.3, 0.07, 58)):
            layer = Image.new("L", size, MIDDLE)
            draw = ImageDraw.Draw(layer)
            for fold in chosen:
                for side, tone in ((0.5, -1.0), (-0.5, 0.75)):
                    bend = fold.bend + side * fold.width * share
                    body = place.points(
                        lens(fold.start, fold.end, bend=bend, width=fold.width * share)
                    )
                    spots = [((x - box[0]) / COARSE, (y - box[1]) / COARSE) for x, y in body]
                    draw.polygon(spots, fill=round(MIDDLE + tone * force * fold.depth))
            total = together(
                total, layer.filter(ImageFilter.GaussianBlur(max(0.6, width * unit * blur)))
            )
    return total


def cast_shadow(
    picture: Image.Image, mask: Image.Image, box: Box, *, reach: float, strength: float
) -> None:
    """A narrow dark shadow where cloth touches, and a wide faint one away from the light."""
    size = size_of(box)
    small = mask.reduce(COARSE)
    for distance, blur, share in ((0.25, 0.35, 0.7), (0.9, 1.5, 0.6)):
        step = round(distance * reach / COARSE * 1.4)
        soft = ImageChops.offset(small, step, round(step * 1.3))
        soft = soft.filter(ImageFilter.GaussianBlur(blur * reach / COARSE))
        soft = soft.point([round(v * strength * share) for v in range(256)])
        dark = Image.new("RGB", size, (34, 30, 38))
        picture.paste(dark, box[:2], soft.resize(size, Image.Resampling.BILINEAR))
