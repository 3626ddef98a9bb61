"""Tote, scarf and beanie."""

from devstack.pictures.garments.tops import reflected
from devstack.pictures.piece import Fold, Piece, Seam
from devstack.pictures.shapes import Knot, mirrored


def tote() -> list[Piece]:
    """A canvas bag with long handles."""
    outer_arc = [(33, 52), (33.4, 30), (38, 15), (50, 10), (62, 15), (66.6, 30), (67, 52)]
    inner_arc = [(62.6, 52), (62.4, 31), (59, 19), (50, 14.6), (41, 19), (37.6, 31), (37.4, 52)]
    handle: list[Knot] = [*outer_arc[:1], *outer_arc[1:], *inner_arc]
    behind: list[Knot] = [(knot[0] * 0.94 + 3.6, knot[1] - 3.4) for knot in handle]
    bag = mirrored([
        (50, 43), (66, 42.8), (83, 42, 1), (84.4, 62), (84, 90), (82.4, 112.6, 1), (66, 114.4), (50, 114.8),
    ])  # fmt: skip
    mouth = mirrored([(50, 40), (66, 40), (82.6, 41.6, 1), (66, 44.6), (50, 45)])
    body = Piece(
        bag, cloth="canvas", lift=0.42, crumple=1.2, round=0.7,
        folds=[
            Fold((65, 58), (62, 84), bend=-0.8, width=4, depth=0.3),
            Fold((35, 60), (39, 92), bend=0.8, width=4, depth=0.32),
            Fold((80, 104), (66, 92), bend=1.2, width=3.4, depth=0.4),
            Fold((20, 104), (31, 94), bend=-1.2, width=3.4, depth=0.4),
            Fold((52, 70), (49, 101), bend=0.8, width=5, depth=0.22),
            Fold((78, 50), (74, 78), bend=-0.8, width=4, depth=0.26),
            Fold((24, 52), (25, 84), bend=0.6, width=3.4, depth=0.26),
        ],
        seams=[
            Seam([(17, 47.6), (34, 48.6), (50, 48.8), (66, 48.6), (83, 47.6)], stitched=True, depth=0.34, width=0.16),
            Seam([(18.8, 101), (50, 103), (81.2, 101)], depth=0.4, width=0.18),
        ],
    )  # fmt: skip
    strap = Piece(handle, cloth="canvas", lift=0.4, round=0.8, crumple=0.3)
    anchors: list[Knot] = [(62.4, 50, 1), (67.2, 50, 1), (67.2, 60, 1), (62.4, 60, 1)]
    cross = Seam([(63.2, 52), (66.4, 58.8)], stitched=True, depth=0.4, width=0.16)
    patch = Piece(
        anchors,
        cloth="canvas",
        lift=0.2,
        round=0.5,
        crumple=0.1,
        seams=[cross, Seam([(66.4, 52), (63.2, 58.8)], stitched=True, depth=0.4, width=0.16)],
    )
    return [
        Piece(behind, cloth="canvas", tone=-0.12, lift=0.4, round=0.8), Piece(mouth, cloth="canvas", tone=-0.4, lift=0.2, round=0.3),
        body, strap, patch, reflected(patch),
    ]  # fmt: skip


def scarf() -> list[Piece]:
    """A wool scarf folded once, its fringe loose."""
    under: list[Knot] = [
        (27, 14, 1),
        (50, 12.6),
        (56, 14, 1),
        (58, 50),
        (61, 98, 1),
        (46, 100),
        (33, 99, 1),
        (30, 56),
    ]
    over: list[Knot] = [
        (36, 12.6, 1),
        (56, 10.8),
        (70, 13.4, 1),
        (71.6, 40),
        (68, 72),
        (71.4, 106, 1),
        (56, 108),
        (41.6, 107, 1),
        (40, 74),
        (42.6, 40),
    ]
    return [
        *_fringe(33.4, 60.6, 99, 7, tone=-0.1),
        Piece(under, cloth="wool", tone=-0.08, lift=0.42, round=0.9, crumple=1.0, folds=[
            Fold((36, 20), (40, 98), bend=-2, width=5, depth=0.5), Fold((50, 70), (54, 99), bend=1, width=4, depth=0.4),
        ]),
        *_fringe(42, 71, 107, 8),
        Piece(over, cloth="wool", lift=0.5, round=0.9, crumple=1.2, folds=[
            Fold((48, 14), (49, 104), bend=2.4, width=5, depth=0.5), Fold((60, 14), (61, 106), bend=-2.4, width=6, depth=0.5),
            Fold((67, 18), (64, 80), bend=-2, width=4, depth=0.4), Fold((44, 40), (58, 60), bend=3, width=4, depth=0.34),
        ], seams=[Seam([(41.8, 100), (56, 101), (70.8, 99.4)], depth=0.24, width=0.5), Seam([(41.8, 97.6), (56, 98.6), (70.6, 97)], depth=0.24, width=0.5),
                  Seam([(40.4, 90), (56, 91), (69.8, 89.4)], depth=0.2, width=1.1)]),
    ]  # fmt: skip


def _fringe(
    left: float, right: float, top: float, length: float, *, tone: float = 0
) -> list[Piece]:
    threads: list[Piece] = []
    count = round((right - left) / 1.5)
    for n in range(count):
        x = left + (right - left) * n / count
        lean = ((n * 7) % 5 - 2) * 0.28
        end = top + length + ((n * 3) % 4) * 0.35
        strand: list[Knot] = [
            (x, top - 1.6, 1),
            (x + 1.05, top - 1.6, 1),
            (x + 1 + lean, end - 2),
            (x + 0.75 + lean, end, 1),
            (x + 0.2 + lean, end, 1),
            (x + lean, end - 2),
        ]
        threads.append(Piece(strand, cloth="wool", tone=tone, lift=0.4, round=0.6, crumple=0))
    return threads


def beanie() -> list[Piece]:
    """A ribbed cap with a deep cuff."""
    crown = mirrored(
        [(50, 31), (58, 31.6), (69, 37), (76.6, 51), (78.6, 72, 1), (66, 75), (50, 76)]
    )
    cuff = mirrored(
        [(50, 71), (66, 70), (79.4, 67, 1), (81.4, 80), (79.6, 93.4, 1), (66, 97), (50, 98)]
    )
    ribs = [
        Fold((50 + (n - 6) * 0.9, 33.4 + abs(n - 6) * 0.22), (50 + (n - 6) * 4.5, 72), bend=(n - 6) * 0.75, width=1.9, depth=0.5)
        for n in range(13)
    ]  # fmt: skip
    walls = [
        Fold((50 + (n - 8) * 3.6, 72.6), (50 + (n - 8) * 3.6, 96.4), bend=0.2, width=1.8, depth=0.5)
        for n in range(17)
    ]
    tag: list[Knot] = [(56, 80, 1), (65, 79.4, 1), (65.3, 85.6, 1), (56.3, 86.2, 1)]
    return [
        Piece(crown, cloth="knit", lift=0.46, round=1.3, crumple=0.5, folds=ribs),
        Piece(cuff, cloth="knit", lift=0.5, round=1.2, crumple=0.4, folds=walls),
        Piece(tag, cloth="poplin", lift=0.3, round=0.3, crumple=0, colour="#efece4", seams=[
            Seam([(57, 81), (57.2, 85.4)], stitched=True, depth=0.4, width=0.16), Seam([(64.2, 80.4), (64.5, 84.8)], stitched=True, depth=0.4, width=0.16),
        ]),
    ]  # fmt: skip
