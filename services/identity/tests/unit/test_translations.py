"""Every sentence that identity says is said in Japanese, too."""

import re
from pathlib import Path

import identity
from common.translations import load_translations

ROOT = Path(str(identity.__file__)).parent
SAID = re.compile(r"""_\(\s*(["'])((?:(?!\1)[^\\]|\\.)*)\1""")


def said() -> set[str]:
    files = [*ROOT.rglob("*.html"), *(ROOT / "web").glob("*.py")]
    return {found[1] for file in files for found in SAID.findall(file.read_text())}


def test_nothing_is_left_untranslated() -> None:
    spoken = load_translations([ROOT / "translations"], "ja")
    assert said()
    assert {words for words in said() if words not in spoken._catalog} == set()


def test_nothing_is_translated_that_nobody_says() -> None:
    spoken = load_translations([ROOT / "translations"], "ja")
    assert {words for words in spoken._catalog if words} - said() == set()


def test_every_translation_names_the_same_things() -> None:
    spoken = load_translations([ROOT / "translations"], "ja")
    names = re.compile(r"%\(\w+\)s")
    for words in said():
        assert sorted(names.findall(words)) == sorted(names.findall(spoken._catalog[words])), words
