"""Every word that a page of checkout can say is said in Japanese too."""

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import checkout
import common

METHODS = [("**.py", "python"), ("**.html", "jinja2")]


def words_of(package: object) -> set[str]:
    path = Path(str(package.__file__)).parent / "translations/ja/LC_MESSAGES/messages.po"  # type: ignore[attr-defined]
    with path.open("rb") as file:
        messages = [m for m in read_po(file, locale="ja") if m.id and m.string]
    return {m.id[0] if isinstance(m.id, tuple | list) else str(m.id) for m in messages}


def test_nothing_is_left_untranslated() -> None:
    folder = Path(str(checkout.__file__)).parent
    options = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
    found = extract_from_dir(folder, METHODS, options)
    said = {m[2][0] if isinstance(m[2], tuple | list) else m[2] for m in found}
    assert said - words_of(checkout) - words_of(common) == set()


def test_placeholders_survive_translation() -> None:
    path = Path(str(checkout.__file__)).parent / "translations/ja/LC_MESSAGES/messages.po"
    with path.open("rb") as file:
        for message in read_po(file, locale="ja"):
            if isinstance(message.id, str) and message.id:
                holes = re.findall(r"%\(\w+\)s", message.id)
                assert sorted(holes) == sorted(re.findall(r"%\(\w+\)s", str(message.string)))


def test_a_lone_percent_sign_breaks_no_page() -> None:
    """Templates fill every sentence, one without holes too."""
    path = Path(str(checkout.__file__)).parent / "translations/ja/LC_MESSAGES/messages.po"
    with path.open("rb") as file:
        for message in read_po(file, locale="ja"):
            for text in message.string if isinstance(message.string, tuple) else [message.string]:
                assert "%" not in re.sub(r"%%|%\(\w+\)s", "", str(text)), text
