"""Wide trousers, a pleated skirt and a long dress."""

from devstack.pictures.garments.tops import reflected
from devstack.pictures.piece import Button, Fold, Piece, Seam
from devstack.pictures.shapes import Knot, mirrored


def trousers() -> list[Piece]:
    """Wide legs with two pleats and a pressed crease."""
    leg: list[Knot] = [
        (50, 19, 1),
        (66.4, 18.4, 1),
        (70.4, 36),
        (73.6, 62),
        (78.6, 115.6, 1),
        (66, 117.6),
        (54.6, 117, 1),
        (52.4, 78),
        (50, 52, 1),
    ]
    band = mirrored(
        [(50, 13.6), (58, 13.4), (65.6, 12.6, 1), (66.8, 20.6, 1), (58, 21.6), (50, 21.8)]
    )
    inside = mirrored([(50, 12.4), (58, 12), (65.6, 11.6, 1), (65.8, 14.2, 1), (50, 15.2)])
    half = Piece(
        leg, cloth="wool", lift=0.34, crumple=0.7, round=0.7,
        folds=[
            Fold((60, 21), (62, 50), bend=0.6, width=2.2, depth=0.75),
            Fold((56, 21), (57, 40), bend=0.4, width=1.8, depth=0.6),
            Fold((62, 46), (66.6, 117), bend=0.8, width=2.4, depth=0.5),
            Fold((52, 54), (66, 62), bend=-2, width=3.6, depth=0.5),
            Fold((51, 50), (60, 72), bend=-2, width=4.4, depth=0.4),
            Fold((74, 74), (62, 96), bend=-3, width=5, depth=0.32),
            Fold((56, 84), (58, 116), bend=1, width=5, depth=0.4),
            Fold((73, 90), (74, 116), bend=1, width=5, depth=0.4),
        ],
        seams=[
            Seam([(65.4, 20.6), (68.2, 28), (69.4, 38)], depth=0.55),
            Seam([(54.6, 114.4), (66, 115), (78.2, 113)], depth=0.26, width=0.16),
        ],
    )  # fmt: skip
    waist = Piece(band, cloth="wool", lift=0.3, round=0.7, crumple=0.2, buttons=[Button((51.2, 17.2), 1.05)], seams=[
        Seam([(50, 14), (50.1, 21)], depth=0.5),
    ])  # fmt: skip
    fly = Piece(
        [(49.6, 21, 1), (53.6, 21, 1), (53.2, 40), (50, 46, 1)], cloth="wool", lift=0.14, round=0.3, crumple=0.2,
        seams=[Seam([(53, 22), (52.6, 39), (50.2, 44.6)], stitched=True, depth=0.32, width=0.15)],
    )  # fmt: skip
    loops = [
        Piece([(x, 12.8, 1), (x + 1.5, 12.8, 1), (x + 1.5, 21.6, 1), (x, 21.6, 1)], cloth="wool", lift=0.3, round=0.5, crumple=0)
        for x in (38, 60.5)
    ]  # fmt: skip
    return [
        Piece(inside, cloth="poplin", tone=-0.35, lift=0.3, round=0.3),
        half,
        reflected(half),
        fly,
        waist,
        *loops,
    ]


def skirt() -> list[Piece]:
    """A long skirt in knife pleats."""
    pleats: list[Piece] = []
    count = 11
    for n in range(count):
        top, foot = 31 + 38 * n / count, 17 + 66 * n / count
        wide_top, wide_foot = 38 / count + 1.4, 66 / count + 1.6
        sag = 1.6 * (1 - abs(n - (count - 1) / 2) / count * 2)
        outline: list[Knot] = [
            (top, 22, 1), (top + wide_top, 22, 1), (top + wide_top + 2.6 * (n / count - 0.5), 56),
            (foot + wide_foot, 110.6 + sag, 1), (foot + 0.4, 111.6 + sag, 1), (top - 1 + 2.6 * (n / count - 0.5), 56),
        ]  # fmt: skip
        pleats.append(Piece(
            outline, cloth="poplin", lift=0.42, round=0.42, crumple=0.1, tone=0.02 * (n % 2),
            folds=[Fold((top + 2.4, 24), (foot + wide_foot * 0.62, 110), bend=1.2, width=2.6, depth=0.26)],
            seams=[Seam([(foot + 0.4, 109.4 + sag), (foot + wide_foot, 108.4 + sag)], depth=0.2, width=0.14)],
        ))  # fmt: skip
    band = mirrored([(50, 15.4), (60, 15), (68.9, 14, 1), (69.6, 22.6, 1), (60, 23.6), (50, 23.8)])
    back = mirrored([(50, 13.8), (60, 13.2), (69.4, 12.8, 1), (69.4, 15.4, 1), (50, 16.4)])
    return [
        Piece(back, cloth="poplin", tone=-0.32, lift=0.3, round=0.3), *reversed(pleats),
        Piece(band, cloth="poplin", lift=0.32, round=0.7, crumple=0.3, seams=[Seam([(30, 21.4), (50, 22.6), (70, 21.4)], stitched=True, depth=0.28, width=0.14)]),
    ]  # fmt: skip


def dress() -> list[Piece]:
    """A sleeveless long dress, gathered under a square yoke."""
    yoke = mirrored([
        (50, 24), (56, 22.4), (58.6, 11, 1), (64.6, 11.6, 1), (65.6, 22), (69.6, 31, 1), (68.6, 40, 1), (50, 41),
    ])  # fmt: skip
    back = mirrored([(50, 15.6), (56, 14.8), (58.8, 10.6, 1), (57.4, 20), (50, 26)])
    fall = mirrored([
        (50, 39), (68.8, 38.6, 1), (71.6, 56), (76, 84), (82, 114.6, 1), (66, 118), (50, 118.6),
    ])  # fmt: skip
    gathers = [
        Fold(
            (33 + 3.4 * n, 41),
            (27 + 4.6 * n + (n % 3), 70 + 8 * (n % 4)),
            bend=0.8,
            width=1.9,
            depth=0.6,
        )
        for n in range(11)
    ]
    waves = [
        Fold(
            (30 + 8 * n, 66 + 4 * (n % 2)),
            (24 + 10.4 * n, 117),
            bend=(n - 2.5) * 0.5,
            width=6,
            depth=0.52,
        )
        for n in range(6)
    ]
    skirt_part = Piece(fall, cloth="poplin", lift=0.36, crumple=1.0, round=0.7, folds=[*gathers, *waves], seams=[
        Seam([(19.4, 112.6), (34, 115.8), (50, 116.4), (66, 115.8), (80.6, 112.6)], depth=0.24, width=0.14),
    ])  # fmt: skip
    top = Piece(yoke, cloth="poplin", lift=0.34, crumple=0.6, round=0.6, folds=[
        Fold((64, 24), (62, 38), bend=0.6, width=2.6, depth=0.34), Fold((38, 20), (40, 37), bend=-0.6, width=2.6, depth=0.3),
    ], seams=[Seam([(31.6, 38.8), (50, 39.8), (68.4, 38.8)], stitched=True, depth=0.32, width=0.14),
              Seam([(57.4, 12), (55, 23.4), (50, 25.2), (45, 23.4), (42.6, 12)], stitched=True, depth=0.28, width=0.14)])  # fmt: skip
    return [Piece(back, cloth="poplin", tone=-0.3, lift=0.2, round=0.3), skirt_part, top]
