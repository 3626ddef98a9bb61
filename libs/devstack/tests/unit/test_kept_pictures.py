"""Pictures are drawn once: the next stack has copies."""

from pathlib import Path

from devstack.kept_pictures import kept_pictures
from devstack.places import Places


def test_a_second_stack_finds_what_the_first_one_drew(tmp_path: Path) -> None:
    kept, first, second = tmp_path / "kept", Places(tmp_path / "1"), Places(tmp_path / "2")
    kept.mkdir()
    with kept_pictures(first, kept):
        (first.media / "demo").mkdir(parents=True)
        (first.media / "demo" / "coat.webp").write_bytes(b"drawn")
    second.media.mkdir(parents=True)
    with kept_pictures(second, kept):
        assert (second.media / "demo" / "coat.webp").read_bytes() == b"drawn"


def test_nothing_is_kept_of_a_start_that_failed(tmp_path: Path) -> None:
    kept, places = tmp_path / "kept", Places(tmp_path / "1")
    kept.mkdir()
    try:
        with kept_pictures(places, kept):
            (places.media / "demo").mkdir(parents=True)
            raise RuntimeError
    except RuntimeError:
        assert list(kept.iterdir()) == []
