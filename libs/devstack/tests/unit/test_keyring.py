"""Keys are made once and read by their owner only."""

import stat
from pathlib import Path

import pytest

from devstack.keyring import load_keyring
from devstack.services import SERVICES
from devstack.trouble import CannotStart


def test_is_the_same_at_the_next_start_and_private(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    first = load_keyring(path)
    assert load_keyring(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(first.private_keys) == set(first.public_keys) == set(SERVICES)
    assert len(set(first.roles.values())) == 2 * len(SERVICES)


@pytest.mark.parametrize("words", ["", "{", "{}", '{"unknown": 1}'])
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, words: str) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(words)
    with pytest.raises(CannotStart, match=r"^\S+ cannot be read: run make reset to begin anew\.$"):
        load_keyring(path)
