"""Takes the demo world's photographs: draws what is not stored yet, on both cores."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from catalog.store.pictures import has_picture, open_store, save_picture
from devstack.pictures import draw_garment, draw_scene, encode_all
from devstack.world.range import COLOURS, Style

CAMERAS = 2
LOOKS = (
    ("demo/look-1", "sea", None, "#8d8779"),
    ("demo/look-2", "wall", "dress", "#8f4a3c"),
    ("demo/look-3", "wall", "coat", "#a39b8b"),
)
SIZE = (1200, 1500)


def shoot_garments(media_root: str, styles: Sequence[Style]) -> None:
    """Draw and store the pictures of all styles in all their colours."""
    store = open_store(media_root)
    wanted = [
        (style.picture_key(code), style.kind, COLOURS[code].hex)
        for style in styles
        for code in style.colours
    ]
    missing = [each for each in wanted if not has_picture(store, each[0])]
    if not missing:
        return
    with ProcessPoolExecutor(CAMERAS) as cameras:
        for key, files in cameras.map(_garment, missing):
            save_picture(store, key, files)


def shoot_lookbook(media_root: str) -> None:
    """Draw and store the lookbook's pictures."""
    store = open_store(media_root)
    for key, view, garment, colour in LOOKS:
        if not has_picture(store, key):
            scene = draw_scene(key, view, size=SIZE, garment=garment, colour_hex=colour)
            save_picture(store, key, encode_all(scene))


def _garment(wanted: tuple[str, str, str]) -> tuple[str, dict[int, bytes]]:
    key, kind, colour = wanted
    return key, encode_all(draw_garment(kind, colour))
