"""Overshirt and coat: collars, plackets, pockets."""

from devstack.pictures.garments.tops import reflected
from devstack.pictures.piece import Button, Fold, Piece, Seam
from devstack.pictures.shapes import Knot, mirrored


def overshirt() -> list[Piece]:
    """A boxy work shirt with two chest pockets."""
    body = mirrored([
        (50, 28), (55, 25), (59.6, 18.6, 1), (66, 20.4), (77.4, 26, 1), (77.4, 44, 1), (78.4, 74), (78.6, 104, 1),
        (72, 108.4), (60, 109.6), (50, 109.8),
    ])  # fmt: skip
    band: list[Knot] = [(47.4, 27, 1), (52.8, 27, 1), (53, 109.6, 1), (47.6, 109.8, 1)]
    pocket: list[Knot] = [(57, 45, 1), (71.4, 45.4, 1), (71.2, 61, 1), (64.2, 64), (57.2, 60.8, 1)]
    flap: list[Knot] = [
        (56.6, 44.4, 1),
        (71.8, 44.8, 1),
        (71.6, 49.4, 1),
        (64.2, 51.6),
        (56.8, 49, 1),
    ]
    chest = Piece(
        body, cloth="twill", lift=0.34, crumple=1.0, round=0.55,
        folds=[
            Fold((75.4, 46), (68, 60), bend=0.8, width=3.4, depth=0.4),
            Fold((76.4, 52), (70, 82), bend=-0.8, width=3.4, depth=0.36),
            Fold((24.6, 46), (31, 58), bend=-0.8, width=3.4, depth=0.38),
            Fold((24, 54), (31, 90), bend=0.8, width=4, depth=0.36),
            Fold((66, 74), (62, 107), bend=0.8, width=5, depth=0.4),
            Fold((38, 72), (40, 107), bend=-0.8, width=5, depth=0.36),
            Fold((57, 64), (56, 98), bend=0.6, width=3.4, depth=0.3),
            Fold((77, 82), (71, 94), bend=-1, width=2.4, depth=0.4),
        ],
        seams=[
            Seam([(77.4, 26), (74.6, 34), (77, 45)], depth=0.6), Seam([(22.6, 26), (25.4, 34), (23, 45)], depth=0.6),
            Seam([(76.2, 26.4), (73.4, 34), (75.8, 45)], stitched=True, depth=0.3, width=0.14),
            Seam([(23.8, 26.4), (26.6, 34), (24.2, 45)], stitched=True, depth=0.3, width=0.14),
            Seam([(22, 102.6), (30, 106.4), (50, 107.6), (70, 106.4), (78, 102.6)], stitched=True, depth=0.32, width=0.14),
        ],
    )  # fmt: skip
    purse = Piece(pocket, cloth="twill", lift=0.2, round=0.4, crumple=0.3, seams=[
        Seam([(57.8, 46), (58, 60.2), (64.2, 63), (70.4, 60.4), (70.6, 46.4)], stitched=True, depth=0.3, width=0.14),
    ])  # fmt: skip
    lid = Piece(flap, cloth="twill", lift=0.26, round=0.5, crumple=0.2, buttons=[Button((64.2, 49.4), 0.9)], seams=[
        Seam([(57.4, 48.4), (64.2, 50.8), (71, 48.8)], stitched=True, depth=0.3, width=0.14),
    ])  # fmt: skip
    placket = Piece(band, cloth="twill", lift=0.16, round=0.35, crumple=0.4, buttons=[Button((50.2, 33 + 12.6 * n)) for n in range(6)], seams=[
        Seam([(48.3, 28), (48.5, 109)], stitched=True, depth=0.3, width=0.14), Seam([(52, 28), (52.2, 109)], stitched=True, depth=0.3, width=0.14),
    ])  # fmt: skip
    return [
        *_sleeves("twill", corner=(77.2, 26.4)),
        *_neck(),
        chest,
        placket,
        purse,
        reflected(purse),
        lid,
        reflected(lid),
        *_collar("twill"),
    ]


def coat() -> list[Piece]:
    """A long balmacaan with raglan seams and slanted welt pockets."""
    body = mirrored([
        (50, 20), (54, 18), (58, 13.6, 1), (65, 16.4), (74.6, 23.6, 1), (74.4, 42, 1), (77.6, 76), (81.6, 115, 1),
        (66, 117.6), (50, 118),
    ])  # fmt: skip
    fly: list[Knot] = [(50, 20, 1), (54.4, 22, 1), (55.2, 117.6, 1), (50.4, 118, 1)]
    welt: list[Knot] = [(61.4, 71, 1), (64.4, 70, 1), (69.6, 84.4, 1), (66.6, 85.6, 1)]
    wool = Piece(
        body, cloth="wool", lift=0.38, crumple=0.8, round=0.6,
        folds=[
            Fold((73, 45), (66, 62), bend=0.8, width=4, depth=0.4),
            Fold((74, 50), (71, 92), bend=-0.8, width=4, depth=0.4),
            Fold((27, 45), (33, 60), bend=-0.8, width=4, depth=0.4),
            Fold((26, 54), (28, 100), bend=0.8, width=5, depth=0.4),
            Fold((70, 84), (73, 117), bend=0.8, width=6, depth=0.5),
            Fold((33, 84), (30, 117), bend=-0.8, width=6, depth=0.5),
            Fold((60, 88), (60, 117), bend=0.6, width=5, depth=0.4),
            Fold((42, 70), (41, 117), bend=-0.6, width=5, depth=0.36),
        ],
        seams=[
            Seam([(59.4, 15), (66, 28), (74, 44)], depth=0.5, width=0.2), Seam([(40.6, 15), (34, 28), (26, 44)], depth=0.5, width=0.2),
        ],
    )  # fmt: skip
    front = Piece(fly, cloth="wool", lift=0.28, round=0.5, crumple=0.4, seams=[Seam([(51.4, 24), (51.8, 117)], depth=0.3, width=0.16)],
                  buttons=[Button((52.8, 27), 1.15)])  # fmt: skip
    pocket = Piece(welt, cloth="wool", lift=0.3, round=0.5, crumple=0.1)
    return [
        *_sleeves("wool", corner=(74.4, 24), drop=4),
        *_neck(rise=5),
        wool,
        front,
        pocket,
        reflected(pocket),
        *_collar("wool", rise=5, size=1.16),
    ]


def _sleeves(cloth: str, *, corner: tuple[float, float], drop: float = 0) -> list[Piece]:
    x, y = corner
    sleeve: list[Knot] = [
        (x - 8, y + 4, 1),
        (x, y, 1),
        (x + 5.6, y + 5),
        (x + 9.8, y + 17),
        (90, 64),
        (93.6, 92 + drop, 1),
        (84.4, 93.8 + drop, 1),
        (80, 66),
        (73, 44, 1),
    ]
    cuff: list[Knot] = [
        (93.6, 91 + drop, 1),
        (94, 98.6 + drop, 1),
        (85, 100 + drop, 1),
        (84.2, 92.8 + drop, 1),
    ]
    arm = Piece(
        sleeve, cloth=cloth, tone=-0.03, round=0.75, crumple=0.9,
        folds=[
            Fold((76, 30), (87, 60), bend=2, width=5, depth=0.45),
            Fold((80.6, 57), (91, 65), bend=-1.4, width=2.6, depth=0.62),
            Fold((81.6, 64), (91, 72), bend=-1.4, width=2.6, depth=0.45),
            Fold((85, 78), (91, 90), bend=1.5, width=4, depth=0.4),
        ],
    )  # fmt: skip
    end = Piece(cuff, cloth=cloth, lift=0.2, round=0.6, crumple=0.2)
    return [reflected(arm), reflected(end), arm, end]


def _neck(*, rise: float = 0) -> list[Piece]:
    inside = mirrored(
        [(50, 18.6 - rise), (56, 18 - rise), (60, 18 - rise, 1), (56, 25 - rise), (50, 31 - rise)]
    )
    label: list[Knot] = [
        (47, 20.6 - rise, 1),
        (53, 20.6 - rise, 1),
        (53, 23.2 - rise, 1),
        (47, 23.2 - rise, 1),
    ]
    return [
        Piece(inside, cloth="poplin", tone=-0.36, lift=0, round=0.3, crumple=0.2),
        Piece(label, cloth="poplin", lift=0.2, round=0.2, crumple=0, colour="#ebe7de"),
    ]


def _collar(cloth: str, *, rise: float = 0, size: float = 1.0) -> list[Piece]:
    def at(x: float, y: float) -> tuple[float, float]:
        return 50 + (x - 50) * size, 18 - rise + (y - 18) * size

    leaf: list[Knot] = [
        (*at(50.6, 27.4), 1),
        at(55, 23),
        (*at(58.4, 15.6), 1),
        at(61.4, 17.4),
        (*at(63, 21), 1),
        (*at(59.6, 34.6), 1),
    ]
    stand: list[Knot] = mirrored(
        [(50, 16 - rise), (55, 15 - rise), (*at(58.6, 15.4), 1), at(56, 19.6), (50, 21.4 - rise)]
    )
    wing = Piece(leaf, cloth=cloth, lift=0.34, round=0.6, crumple=0.3, seams=[
        Seam([at(51.6, 28), at(59, 33), at(62.2, 21)], stitched=True, depth=0.28, width=0.14),
    ])  # fmt: skip
    return [
        Piece(stand, cloth=cloth, tone=-0.14, lift=0.1, round=0.5, crumple=0.1),
        reflected(wing),
        wing,
    ]
