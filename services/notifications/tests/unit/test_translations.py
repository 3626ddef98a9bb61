"""Every sentence that notifications says is said in Japanese, too."""

import ast
import re
from pathlib import Path

import notifications
from common.translations import load_translations

ROOT = Path(str(notifications.__file__)).parent
SAID = re.compile(r"""_\(\s*(["'])((?:(?!\1)[^\\]|\\.)*)\1""")


def said() -> set[str]:
    files = [*ROOT.rglob("*.html"), *ROOT.rglob("*.txt"), *(ROOT / "web").glob("*.py")]
    spoken = {found[1] for file in files for found in SAID.findall(file.read_text())}
    return spoken | {words for file in ROOT.rglob("*.py") for words in refusals_of(file)}


def refusals_of(file: Path) -> set[str]:
    """Return what the file refuses with: `raise AnyError("…")`, `FieldError(field, code, "…")`.

    The domain speaks English; the edge looks the whole sentence up in the reader's language.
    """
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            if getattr(node.exc.func, "id", "") != "ValueError":
                found |= set(_texts(node.exc.args[:1]))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "FieldError":
            found |= set(_texts(node.args[2:]))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_refused":
            found |= set(_texts(node.args[-1:]))
    return {words for words in found if words.endswith(".")}


def _texts(nodes: list[ast.expr]) -> list[str]:
    return [
        each.value
        for each in nodes
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]


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
