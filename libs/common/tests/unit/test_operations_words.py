"""What the operators' pages say is said in Japanese, too."""

import ast
from pathlib import Path

from babel.messages.extract import extract_from_file

import common
from common.translations import load_translations

ROOT = Path(str(common.__file__)).parent
PAGES = (*(ROOT / "templates/operations").glob("*.html"), ROOT / "templates/layout/_operator.html")
CODE = tuple((ROOT / "operations").rglob("*.py"))


def said() -> set[str]:
    found = [("jinja2.ext:babel_extract", page) for page in PAGES]
    found += [("python", file) for file in CODE]
    words = set()
    for method, file in found:
        for _, message, _, _ in extract_from_file(method, file):
            words.add(message if isinstance(message, str) else message[0])
    return words | {sentence for file in CODE for sentence in refusals_of(file)}


def refusals_of(file: Path) -> set[str]:
    """Return what refusals and wrong fields say: whole sentences given to an error's class."""
    calls = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
    errors = [call for call in calls if getattr(call.func, "id", "")[:1].isupper()]
    given = [arg.value for call in errors for arg in call.args if isinstance(arg, ast.Constant)]
    return {text for text in given if isinstance(text, str) and text.endswith(".")}


def test_every_sentence_is_japanese_too() -> None:
    japanese = load_translations([ROOT / "translations"], "ja")._catalog
    sentences = said()
    assert {"There is no such job.", "Dead letters", "%(num)s is skipped."} <= sentences
    assert {each for each in sentences if not {each, (each, 0)} & japanese.keys()} == set()
