"""A pair of loafers."""

from devstack.pictures.garments.tops import reflected
from devstack.pictures.piece import Fold, Piece, Seam
from devstack.pictures.shapes import Knot


def loafers() -> list[Piece]:
    """A pair seen from above, toes up."""
    right = _loafer()
    return [*[reflected(piece) for piece in right], *right]


def _loafer() -> list[Piece]:
    sole: list[Knot] = [
        (67, 22),
        (76.6, 27),
        (80.8, 42),
        (79, 64),
        (76.8, 82),
        (77.4, 96),
        (74.6, 103.6),
        (68.2, 106.4),
        (61.8, 103.8),
        (58.8, 96),
        (58.2, 82),
        (54.4, 62),
        (53.6, 40),
        (58, 26),
    ]
    upper: list[Knot] = [
        (67, 23.6),
        (75.4, 28.4),
        (79.2, 42),
        (77.4, 64),
        (75.2, 82),
        (75.6, 95.4),
        (73.2, 102),
        (68.2, 104.4),
        (63.2, 102.2),
        (60.4, 95.6),
        (59.8, 82),
        (56, 62),
        (55.2, 40.6),
        (59, 27.4),
    ]
    opening: list[Knot] = [
        (60.6, 63, 1),
        (67, 60.6),
        (73.6, 64.6, 1),
        (73.2, 82),
        (73.2, 94),
        (71.4, 99),
        (68, 100.6),
        (64.8, 99),
        (62.8, 94),
        (62.4, 82),
    ]
    insole: list[Knot] = [
        (61.6, 66, 1),
        (67, 63.6),
        (72.4, 67, 1),
        (71.9, 82),
        (71.9, 93.4),
        (70.4, 97.6),
        (68, 98.9),
        (65.6, 97.6),
        (64.1, 93.4),
        (63.6, 82),
    ]
    apron: list[Knot] = [
        (67, 31.4),
        (72.6, 37),
        (73.8, 48),
        (73.6, 65, 1),
        (67, 61),
        (60.4, 63.4, 1),
        (59.6, 48),
        (61.2, 36.6),
    ]
    strap: list[Knot] = [
        (56.4, 53.6, 1),
        (67, 51.6),
        (78.2, 55, 1),
        (77.4, 62.6, 1),
        (67, 58.6),
        (57.4, 61, 1),
    ]
    slot: list[Knot] = [
        (63.6, 55, 1),
        (67, 54),
        (70.4, 55.4, 1),
        (70, 57.2, 1),
        (67, 56),
        (64, 57, 1),
    ]
    return [
        Piece(sole, cloth="leather", tone=-0.5, lift=0.6, round=0.9, crumple=0.2),
        Piece(upper, cloth="leather", lift=0.25, round=1.5, crumple=0.5, folds=[
            Fold((57, 46), (62, 28), bend=-2, width=4, depth=0.5), Fold((77, 46), (72, 28), bend=2, width=3, depth=0.5),
            Fold((58.6, 66), (61.4, 92), bend=-0.6, width=2, depth=0.5), Fold((76, 66), (73.4, 92), bend=0.6, width=2, depth=0.5),
        ]),
        Piece(opening, cloth="leather", tone=-0.55, lift=0, round=0.6, crumple=0.1),
        Piece(insole, cloth="leather", lift=0, round=1.0, crumple=0.3, colour="#b9976f"),
        Piece(apron, cloth="leather", tone=0.03, lift=0.2, round=1.1, crumple=0.5, folds=[Fold((63, 38), (63, 54), bend=-1, width=4, depth=0.4)],
              seams=[Seam([(60.8, 62), (60.2, 48), (62, 37.4), (67, 32.6), (72, 37.6), (73, 48), (73, 63)], stitched=True, depth=0.6, width=0.3)]),
        Piece(strap, cloth="leather", lift=0.4, round=1.0, crumple=0.3),
        Piece(slot, cloth="leather", tone=-0.6, lift=0, round=0.5, crumple=0),
    ]  # fmt: skip
