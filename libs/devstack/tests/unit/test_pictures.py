"""The demo's photographs: always the same, in the colour asked for, small enough for a shop."""

import pytest

from devstack.pictures import KINDS, VIEWS, draw_garment, draw_scene, encode_all
from devstack.pictures.colour import rgb


@pytest.mark.parametrize("kind", KINDS)
def test_every_garment_wears_the_colour_it_was_given(kind: str) -> None:
    red, blue = draw_garment(kind, "#a02020"), draw_garment(kind, "#2020a0")

    assert red.size == (1200, 1500)
    assert red.tobytes() == draw_garment(kind, "#a02020").tobytes()
    middle = red.resize((1, 1), box=(300, 600, 900, 1100)).getpixel((0, 0))
    other = blue.resize((1, 1), box=(300, 600, 900, 1100)).getpixel((0, 0))
    assert isinstance(middle, tuple)
    assert isinstance(other, tuple)
    assert middle[0] > middle[2]
    assert other[2] > other[0]


@pytest.mark.parametrize("view", VIEWS)
def test_a_scene_depends_on_its_seed_only(view: str) -> None:
    one = draw_scene("one", view, size=(400, 250))

    assert one.tobytes() == draw_scene("one", view, size=(400, 250)).tobytes()
    assert one.tobytes() != draw_scene("two", view, size=(400, 250)).tobytes()


def test_files_come_in_the_shops_widths() -> None:
    files = encode_all(draw_garment("tee", "#e9e4d8"))

    assert sorted(files) == [400, 800, 1200]
    assert all(len(file) < 300_000 for file in files.values())


def test_colours_are_read_as_written() -> None:
    assert rgb("#1f3d7a") == (31, 61, 122)
