"""Uploaded videos: whole, of a kind that browsers play, and nothing after their end."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.files import FileRefused, read_film
from common.testing.files import as_file, box, element, make_mp4, make_picture, make_webm

FTYP = box(b"ftyp", b"isom", bytes(4), b"isom")


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (make_mp4(), "mp4"),
        (make_mp4(brand=b"mp42"), "mp4"),
        (make_mp4() + box(b"free", b"x" * 9), "mp4"),
        (make_mp4()[:-12] + b"\x00\x00\x00\x00mdat....", "mp4"),
        (make_webm(), "webm"),
        (make_webm(live=True), "webm"),
    ],
)
def test_a_whole_video_is_known_by_its_content(data: bytes, suffix: str) -> None:
    film = read_film(as_file(data))
    assert (film.suffix, film.content_type, film.size_bytes) == (
        suffix,
        f"video/{suffix}",
        len(data),
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"MZ an installer called film.mp4", "file_unknown_kind"),
        (make_picture(), "file_unknown_kind"),
        (make_mp4(brand=b"qt  "), "file_unknown_kind"),
        (make_mp4(brand=b"heic"), "file_broken"),
        (make_mp4(handler=b"soun"), "file_broken"),
        (make_mp4()[:-1], "file_broken"),
        (make_mp4() + b"PK\x03\x04 an archive behind it", "file_broken"),
        (make_mp4() + box(b"evil"), "file_broken"),
        (FTYP, "file_broken"),
        (FTYP + FTYP, "file_broken"),
        (make_webm(doctype=b"matroska"), "file_broken"),
        (make_webm(track=b"\x02"), "file_broken"),
        (make_webm()[:-1], "file_broken"),
        (make_webm() + b"<html>", "file_broken"),
        (make_webm(live=True) + element(0x1941A469, b"attached"), "file_broken"),
        (b"\x1a\x45\xdf\xa3", "file_broken"),
    ],
)
def test_what_is_no_whole_video_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_film(as_file(data))
    assert refused.value.code == code


def test_a_large_video_is_refused_by_its_size() -> None:
    with pytest.raises(FileRefused, match="larger than 1 MiB"):
        read_film(as_file(make_mp4(bytes(2**20))), limit_bytes=2**20)


@given(
    cut=st.integers(0, 120), at=st.integers(0, 300), byte=st.integers(0, 255), is_mp4=st.booleans()
)
@settings(max_examples=300, deadline=None)
def test_a_damaged_video_never_breaks_the_reader(
    cut: int, at: int, byte: int, is_mp4: bool
) -> None:
    data = bytearray(make_mp4() if is_mp4 else make_webm())
    data[at % len(data)] = byte
    with suppress(FileRefused):
        read_film(as_file(bytes(data[: len(data) - cut])))


@given(data=st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_noise_behind_a_right_beginning_is_refused(data: bytes) -> None:
    for head in (FTYP, b"\x1a\x45\xdf\xa3"):
        with pytest.raises(FileRefused):
            read_film(as_file(head + data))
