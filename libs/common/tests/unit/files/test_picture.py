"""Uploaded pictures: what is in them counts, and only their pixels stay."""

import io
import struct
import zipfile
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from common.files import FileRefused, demand_plain, make_widths
from common.testing.files import as_file, make_mp4, make_picture


def widths(data: bytes, **given: Any) -> Any:
    return make_widths(as_file(data), widths=(40, 160), **given)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_format_becomes_webp_in_the_asked_widths(kind: str) -> None:
    made = widths(make_picture((400, 300), kind=kind))
    opened = [Image.open(io.BytesIO(made.files[width])) for width in (40, 160)]
    assert [each.format for each in opened] == ["WEBP", "WEBP"]
    assert [each.size for each in opened] == [(40, 30), (160, 120)]
    assert (made.width, made.height) == (160, 120)


def test_a_small_picture_is_never_blown_up() -> None:
    made = widths(make_picture((60, 30)))
    assert Image.open(io.BytesIO(made.files[160])).size == (60, 30)


def test_place_and_camera_are_gone_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # Turned by a quarter.
    exif[0x8825] = {1: "N", 2: (35.0, 40.0, 0.0)}
    made = widths(make_picture((400, 200), kind="JPEG", exif=exif.tobytes()))
    opened = Image.open(io.BytesIO(made.files[160]))
    assert opened.size == (160, 320)
    assert dict(opened.getexif()) == {}
    assert b"EXIF" not in made.files[160]


def test_what_is_clear_stays_clear() -> None:
    sheet = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(sheet, "PNG")
    opened = Image.open(io.BytesIO(widths(sheet.getvalue()).files[40]))
    assert opened.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


def png_that_says(width: int, height: int) -> bytes:
    """Return a few bytes that say they are that large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"%!PS an old trick", "file_unknown_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_unknown_kind"),
        (make_mp4(), "file_unknown_kind"),
        (make_picture(kind="BMP"), "file_unknown_kind"),
        (make_picture(kind="TIFF"), "file_unknown_kind"),
        (make_picture((300, 300), kind="JPEG")[:-900], "file_broken"),
        (png_that_says(60_000, 60_000), "file_too_many_pixels"),
        (png_that_says(9_000, 9_000), "file_too_many_pixels"),
        (png_that_says(200, 200), "file_broken"),
    ],
)
def test_what_is_no_whole_picture_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        widths(data)
    assert refused.value.code == code


def test_a_large_file_is_refused_unread() -> None:
    with pytest.raises(FileRefused, match="larger than 1 MiB"):
        widths(make_picture() + bytes(2**20), limit_bytes=2**20)


@given(cut=st.integers(0, 400), flip=st.integers(0, 400), bit=st.integers(0, 7))
@settings(max_examples=150, deadline=None)
def test_a_damaged_picture_is_a_picture_or_refused(cut: int, flip: int, bit: int) -> None:
    data = bytearray(make_picture((32, 32), kind="JPEG"))
    data[flip % len(data)] ^= 1 << bit
    with suppress(FileRefused):
        widths(bytes(data[: len(data) - cut]))


def zipped() -> bytes:
    sheet = io.BytesIO()
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("run.class", b"x" * 50)
    return sheet.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        make_picture() + zipped(),
        make_picture() + zipped() + b"\n",
        make_mp4() + zipped(),
        make_picture(kind="GIF") + b"<script>alert(1)</script>",
        make_picture(kind="JPEG", comment=b"<!DOCTYPE html><body onload=x>"),
        b"%PDF-1.7\n" + make_picture(),
    ],
)
def test_a_file_with_two_faces_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        demand_plain(as_file(data))
    assert refused.value.code == "file_two_faced"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_an_honest_file_has_one_face(kind: str) -> None:
    file = as_file(make_picture(kind=kind))
    demand_plain(file)
    assert file.tell() == 0
