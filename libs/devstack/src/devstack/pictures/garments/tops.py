"""Tee, knit and cardigan, laid flat with their arms down."""

from collections.abc import Sequence
from dataclasses import replace

from devstack.pictures.piece import Button, Fold, Piece, Seam
from devstack.pictures.shapes import Knot, flipped, mirrored

NECK_BACK: Sequence[Knot] = mirrored([(50, 21.2), (56, 20.6), (60.6, 19, 1), (58, 26), (50, 31)])


def tee() -> list[Piece]:
    """A heavy tee with wide short sleeves."""
    sleeve: list[Knot] = [
        (69, 30, 1),
        (75.3, 26.7, 1),
        (81.4, 30.6),
        (88.4, 40),
        (94.5, 53, 1),
        (88.5, 57),
        (81, 59.4, 1),
        (77, 49),
        (73, 42, 1),
    ]
    body = mirrored([
        (50, 29.6), (55.5, 27.6), (60.2, 20, 1), (66, 21.6), (75.5, 26.4, 1), (76.6, 42, 1), (77.4, 60), (77, 84),
        (78, 107.4, 1), (64, 109.6), (50, 110),
    ])  # fmt: skip
    collar = mirrored([
        (50, 30.8), (56, 28.4), (61.6, 20.6, 1), (60, 19, 1), (57.6, 24.4), (54, 27), (50, 28.2),
    ])  # fmt: skip
    hem: list[Knot] = [(20, 105.4), (36, 107.4), (50, 107.8), (64, 107.4), (80, 105.4)]
    cuff: list[Knot] = [(80.4, 57.4), (87.6, 55), (94, 51)]
    arm = Piece(
        sleeve, cloth="jersey", tone=-0.03, round=0.6,
        folds=[
            Fold((74, 30), (88, 54), bend=2, width=4, depth=0.45),
            Fold((76, 43), (84, 50), bend=-1, width=2.4, depth=0.6),
            Fold((80, 30), (91, 50), bend=2, width=3, depth=0.3),
        ],
        seams=[Seam(cuff, stitched=True, depth=0.28, width=0.16)],
    )  # fmt: skip
    chest = Piece(
        body, cloth="jersey", lift=0.3, crumple=0.8,
        folds=[
            Fold((73.6, 44), (64, 61), bend=0.8, width=3.2, depth=0.36),
            Fold((74.6, 48), (69, 76), bend=-0.6, width=3.2, depth=0.3),
            Fold((26.6, 45), (33, 58), bend=-0.8, width=3.2, depth=0.34),
            Fold((26, 52), (33.6, 86), bend=0.8, width=4, depth=0.3),
            Fold((66, 70), (62, 106), bend=0.8, width=5, depth=0.3),
            Fold((39, 76), (40, 107), bend=-0.8, width=5, depth=0.28),
            Fold((53, 88), (51, 107), bend=0.4, width=4, depth=0.24),
            Fold((76, 84), (71, 96), bend=-1, width=2.4, depth=0.3),
        ],
        seams=[
            Seam([(75.5, 26.4), (73.6, 34), (75.4, 43)], depth=0.5),
            Seam([(24.5, 26.4), (26.4, 34), (24.6, 43)], depth=0.5),
            Seam(hem, stitched=True, depth=0.3, width=0.16),
        ],
    )  # fmt: skip
    return [
        reflected(arm), arm, Piece(NECK_BACK, cloth="jersey", tone=-0.3, lift=0, round=0.2), chest,
        Piece(collar, cloth="jersey", tone=-0.02, lift=0.26, round=0.9, crumple=0),
    ]  # fmt: skip


def knit() -> list[Piece]:
    """A crewneck with ribbed collar, cuffs and hem."""
    collar = mirrored([
        (50, 33), (57, 30), (62.4, 20.4, 1), (59.6, 18, 1), (56.6, 24.6), (50, 28),
    ])  # fmt: skip
    back = mirrored([(50, 20.6), (56, 19.8), (60.6, 18.4, 1), (58, 27), (50, 31)])
    return [
        *_arms("knit", reach=0), Piece(back, cloth="rib", tone=-0.22, lift=0, round=0.3),
        Piece(_torso(), cloth="knit", lift=0.32, crumple=0.7, round=0.75, folds=_torso_folds(), seams=_armholes()),
        Piece(_hem(), cloth="rib", lift=0.16, round=0.9, crumple=0.2),
        Piece(collar, cloth="rib", lift=0.3, round=1.0, crumple=0.1),
    ]  # fmt: skip


def cardigan() -> list[Piece]:
    """An open-necked chunky cardigan with horn buttons."""
    back = mirrored([(50, 20), (57, 18.8), (61, 17.6, 1), (57, 40), (50, 58)])
    edge: list[Knot] = [
        (59.6, 17.2, 1),
        (57.6, 34),
        (49.4, 58),
        (48.2, 110, 1),
        (52.6, 110.4, 1),
        (53.2, 60),
        (61.4, 36),
        (63, 18.6, 1),
    ]
    other: list[Knot] = [
        (40.4, 17.2, 1),
        (42.4, 34),
        (50, 57, 1),
        (46.6, 63, 1),
        (38.8, 36),
        (37, 18.6, 1),
    ]
    front = mirrored([
        (50, 59), (58.4, 36), (61.4, 18.6, 1), (68, 21), (78.6, 27, 1), (78.4, 44, 1), (79, 74), (77.6, 92), (75.8, 100, 1), (50, 101.6),
    ])  # fmt: skip
    buttons = [Button((50.8, 63 + 9.6 * n), radius=1.25) for n in range(5)]
    pocket: list[Knot] = [(59, 76, 1), (73, 76.4, 1), (72.6, 94, 1), (59.2, 93.6, 1)]
    pouch = Piece(
        pocket,
        cloth="chunky",
        lift=0.25,
        round=0.7,
        crumple=0.3,
        seams=[Seam([(59, 78.4), (73, 78.8)], depth=0.35)],
    )
    return [
        *_arms("chunky", reach=1), Piece(back, cloth="rib", tone=-0.34, lift=0, round=0.3),
        Piece(front, cloth="chunky", lift=0.34, crumple=0.6, round=0.8, folds=_torso_folds(), seams=_armholes()),
        Piece(_hem(), cloth="rib", lift=0.16, round=0.9, crumple=0.2),
        pouch, reflected(pouch),
        Piece(other, cloth="rib", lift=0.25, round=0.9, crumple=0.2),
        Piece(edge, cloth="rib", lift=0.32, round=0.9, crumple=0.2, buttons=buttons),
    ]  # fmt: skip


def _torso() -> list[Knot]:
    return mirrored([
        (50, 31), (57, 28), (61, 19, 1), (68, 21), (78.6, 27, 1), (78.4, 44, 1), (78.8, 74), (77.4, 92), (75.6, 100, 1), (50, 101.6),
    ])  # fmt: skip


def _hem() -> list[Knot]:
    return mirrored(
        [(50, 99.8), (64, 99.4), (75.6, 98, 1), (76, 103.6), (75, 109.2, 1), (62, 110.8), (50, 111)]
    )


def _armholes() -> list[Seam]:
    right: list[Knot] = [(78.6, 27), (75.6, 35), (78.2, 45)]
    return [Seam(right, depth=0.55), Seam(flipped(right), depth=0.55)]


def _torso_folds() -> list[Fold]:
    return [
        Fold((76, 46), (66, 64), bend=0.8, width=4, depth=0.4),
        Fold((77, 52), (71, 82), bend=-0.8, width=4, depth=0.34),
        Fold((24.6, 47), (32, 61), bend=-0.8, width=4, depth=0.38),
        Fold((24, 56), (31.6, 90), bend=0.8, width=5, depth=0.32),
        Fold((67, 76), (63, 99), bend=0.8, width=6, depth=0.3),
        Fold((41, 80), (40, 99), bend=-0.6, width=6, depth=0.26),
        Fold((77.6, 84), (71, 95), bend=-1.2, width=3, depth=0.36),
    ]


def _arms(cloth: str, *, reach: float) -> list[Piece]:
    """Both long sleeves with their cuffs, hanging beside the body."""
    sleeve: list[Knot] = [
        (70, 31, 1),
        (78.4, 27.3, 1),
        (83.6, 32.4),
        (87.6, 44),
        (91, 64),
        (94.6 + reach, 90, 1),
        (85.2, 91.6, 1),
        (81, 66),
        (74, 44, 1),
    ]
    cuff: list[Knot] = [
        (94.4 + reach, 89.4, 1),
        (94.2 + reach, 99, 1),
        (86.4, 100, 1),
        (85, 90.8, 1),
    ]
    arm = Piece(
        sleeve, cloth=cloth, tone=-0.03, round=0.8,
        folds=[
            Fold((77, 30), (88, 62), bend=2, width=5, depth=0.42),
            Fold((82, 58), (91.6, 66), bend=-1.4, width=2.6, depth=0.6),
            Fold((82.6, 64), (92, 73), bend=-1.4, width=2.6, depth=0.4),
            Fold((86, 76), (92, 88), bend=1.5, width=4, depth=0.36),
        ],
    )  # fmt: skip
    end = Piece(cuff, cloth="rib", lift=0.2, round=0.9, crumple=0.2)
    return [reflected(arm), reflected(end), arm, end]


def reflected(piece: Piece) -> Piece:
    """Return the piece for the other side; light keeps its direction, so folds are turned over."""
    folds = [
        Fold((100 - f.start[0], f.start[1]), (100 - f.end[0], f.end[1]), -f.bend, f.width, f.depth)
        for f in piece.folds
    ]
    seams = [Seam(flipped(s.knots), s.stitched, s.depth, s.width) for s in piece.seams]
    buttons = [Button((100 - b.at[0], b.at[1]), b.radius, b.tone) for b in piece.buttons]
    return replace(piece, outline=flipped(piece.outline), folds=folds, seams=seams, buttons=buttons)
