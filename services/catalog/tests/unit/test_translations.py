"""Every word that a page of catalog can say is said in Japanese too."""

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import catalog
import common

METHODS = [("**.py", "python"), ("**.html", "jinja2")]


def words_of(package: object) -> set[str]:
    path = Path(str(package.__file__)).parent / "translations/ja/LC_MESSAGES/messages.po"  # type: ignore[attr-defined]
    with path.open("rb") as file:
        messages = [m for m in read_po(file, locale="ja") if m.id and m.string]
    return {m.id[0] if isinstance(m.id, tuple | list) else str(m.id) for m in messages}


def test_nothing_is_left_untranslated() -> None:
    folder = Path(str(catalog.__file__)).parent
    options = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
    found = extract_from_dir(folder, METHODS, options)
    said = {m[2][0] if isinstance(m[2], tuple | list) else m[2] for m in found}
    assert said - words_of(catalog) - words_of(common) == set()


def test_placeholders_survive_translation() -> None:
    path = Path(str(catalog.__file__)).parent / "translations/ja/LC_MESSAGES/messages.po"
    with path.open("rb") as file:
        for message in read_po(file, locale="ja"):
            if isinstance(message.id, str) and message.id:
                holes = re.findall(r"%\(\w+\)s", message.id)
                assert sorted(holes) == sorted(re.findall(r"%\(\w+\)s", str(message.string)))
