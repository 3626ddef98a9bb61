"""Every word that a page of links can say is said in Japanese too."""

import ast
import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import common
import links

FOLDER = Path(str(links.__file__)).parent
METHODS = [("**.py", "python"), ("**.html", "jinja2")]


def words_of(package: object) -> set[str]:
    path = Path(str(package.__file__)).parent / "translations/ja/LC_MESSAGES/messages.po"  # type: ignore[attr-defined]
    with path.open("rb") as file:
        messages = [m for m in read_po(file, locale="ja") if m.id and m.string]
    return {m.id[0] if isinstance(m.id, tuple | list) else str(m.id) for m in messages}


def test_nothing_on_a_page_is_left_untranslated() -> None:
    options = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
    found = extract_from_dir(FOLDER, METHODS, options)
    said = {m[2][0] if isinstance(m[2], tuple | list) else m[2] for m in found}
    assert said - words_of(links) - words_of(common) == set()


def test_every_refusal_of_the_rules_is_said_in_japanese() -> None:
    known = words_of(links) | words_of(common)
    trees = [ast.parse(path.read_text()) for path in (FOLDER / "domain").glob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    notes = [node.value for node in nodes if isinstance(node, ast.Expr)]
    sentences = {
        str(node.value)
        for node in nodes
        if isinstance(node, ast.Constant) and node not in notes
        if re.fullmatch(r"[A-Z][^\n]{9,}[.]", str(node.value))
    }
    assert sentences - known == set()


def test_placeholders_survive_translation() -> None:
    with (FOLDER / "translations/ja/LC_MESSAGES/messages.po").open("rb") as file:
        for message in read_po(file, locale="ja"):
            if isinstance(message.id, str) and message.id:
                holes = re.findall(r"%\(\w+\)s", message.id)
                assert sorted(holes) == sorted(re.findall(r"%\(\w+\)s", str(message.string)))
