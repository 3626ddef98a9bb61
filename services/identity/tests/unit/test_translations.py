"""Every sentence that identity says is said in Japanese, too."""

import ast
import re
from pathlib import Path
from typing import Any

import identity
from common.translations import load_translations

ROOT = Path(str(identity.__file__)).parent
SAID = re.compile(r"""(?:_|\bngettext)\(\s*(["'])((?:(?!\1)[^\\]|\\.)*)\1""")


def said() -> set[str]:
    files = [*ROOT.rglob("*.html"), *(ROOT / "web").glob("*.py")]
    spoken = {found[1] for file in files for found in SAID.findall(file.read_text())}
    return spoken | {words for file in ROOT.rglob("*.py") for words in refusals_of(file)}


def refusals_of(file: Path) -> set[str]:
    """Return what the file refuses with: `raise AnyError("…")`, `FieldError(field, code, "…")`.

    The domain speaks English; the edge looks the whole sentence up in the reader's language.
    """
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            # Refused is the command line's, which speaks English alone.
            if getattr(node.exc.func, "id", "") not in ("ValueError", "Refused"):
                found |= set(_texts(node.exc.args[:1]))
        elif isinstance(node, ast.Call) and _called(node) in ("FieldError", "_wrong"):
            found |= set(_texts(node.args[2:]))
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "SENTENCES":
            found |= set(_texts(list(ast.walk(node.value))))
    return {words for words in found if words.endswith(".")}


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "id", None) or getattr(node.func, "attr", ""))


def _texts(nodes: list[Any]) -> list[str]:
    return [each.value for each in nodes if isinstance(each, ast.Constant) and each.value]


def spoken() -> dict[str, str]:
    """Return what is said in Japanese, plurals by their singular."""
    catalog = load_translations([ROOT / "translations"], "ja")._catalog
    return {key[0] if isinstance(key, tuple) else key: words for key, words in catalog.items()}


def test_nothing_is_left_untranslated() -> None:
    assert said()
    assert said() - spoken().keys() == set()


def test_nothing_is_translated_that_nobody_says() -> None:
    assert {words for words in spoken() if words} - said() == set()


def test_every_translation_names_the_same_things() -> None:
    names = re.compile(r"%\(\w+\)s")
    japanese = spoken()
    for words in said():
        assert sorted(names.findall(words)) == sorted(names.findall(japanese[words])), words
