"""Takes the demo world's photographs: draws what is not stored yet, on both cores."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from catalog.store.pictures import has_picture, open_store, save_picture
from devstack.pictures import draw_garment, draw_scene, encode_all
from devstack.world.range import COLOURS, Style

CAMERAS = 2
WIDE, TALL = (1600, 1000), (1200, 1500)


@dataclass(frozen=True)
class Shot:
    """One picture to take: a garment laid flat, or a scene with or without one."""

    key: str
    garment: str | None
    colour_hex: str
    view: str | None = None
    size: tuple[int, int] = TALL

    def take(self) -> dict[int, bytes]:
        """Return the encoded picture in each width."""
        if self.view is None:
            return encode_all(draw_garment(str(self.garment), self.colour_hex, size=self.size))
        scene = draw_scene(
            self.key, self.view, size=self.size, garment=self.garment, colour_hex=self.colour_hex
        )
        return encode_all(scene)


LOOKS = (
    Shot("demo/harbour-sea", None, "#8d8779", "sea", WIDE),
    Shot("demo/harbour-dress", "dress", "#8f4a3c", "wall"),
    Shot("demo/harbour-coat", "coat", "#a39b8b", "wall"),
    Shot("demo/harbour-overshirt", "overshirt", "#2d3340", "wall"),
)
"""The lookbook: the first picture lies across, the others stand."""
COVERS = {
    "SS27-W": "demo/cover-women",
    "SS27-M": "demo/cover-men",
    "AW26": "demo/harbour-coat",
    "ATELIER": "demo/harbour-dress",
    "AW27": "demo/harbour-overshirt",
}
COVER_SHOTS = (
    Shot(COVERS["SS27-W"], "cardigan", "#7c8b74", "wall"),
    Shot(COVERS["SS27-M"], "overshirt", "#a39b8b", "wall"),
)


def shoot(media_root: str, styles: Sequence[Style]) -> None:
    """Draw and store every picture that is not there yet; nothing is drawn twice."""
    store = open_store(media_root)
    missing = [shot for shot in shots(styles) if not has_picture(store, shot.key)]
    if not missing:
        return
    with ProcessPoolExecutor(CAMERAS) as cameras:
        for shot, files in zip(missing, cameras.map(Shot.take, missing), strict=True):
            save_picture(store, shot.key, files)


def shots(styles: Sequence[Style]) -> Iterator[Shot]:
    """Return the pictures of the demo world: lookbook, covers, each style in each colour."""
    yield from LOOKS
    yield from COVER_SHOTS
    for style in styles:
        for code in style.colours:
            yield Shot(style.picture_key(code), style.kind, COLOURS[code].hex)
