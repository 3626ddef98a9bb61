"""Storage on a folder: whole files, and memory that a large one does not move."""

import resource
import tempfile
from pathlib import Path

import pytest

from common.files import Storage


def test_a_file_is_there_until_it_is_removed(tmp_path: Path) -> None:
    store = Storage(str(tmp_path / "media"))
    store.put("links/a.webp", b"picture", content_type="image/webp")
    assert (tmp_path / "media/links/a.webp").read_bytes() == b"picture"
    assert store.has("links/a.webp")
    store.remove("links/a.webp", "links/never.webp")
    assert not store.has("links/a.webp")


def test_a_large_file_passes_in_pieces(tmp_path: Path) -> None:
    store, size = Storage(str(tmp_path)), 160 * 2**20
    with tempfile.TemporaryFile() as film:
        film.truncate(size)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        store.put("film.mp4", film, content_type="video/mp4")
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert (tmp_path / "film.mp4").stat().st_size == size
    assert grown_kib < 48 * 1024


@pytest.mark.parametrize("key", ["../outside.webp", "links/../../outside.webp"])
def test_no_key_leaves_the_folder(tmp_path: Path, key: str) -> None:
    store = Storage(str(tmp_path / "media"))
    with pytest.raises(Exception):
        store.put(key, b"x", content_type="image/webp")
    assert not list(tmp_path.glob("outside*"))
