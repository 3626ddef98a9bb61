"""Writes docs/rules.md from docs/rules.csv and the `rule` markers in the tests.

python tools/rules_page.py            write the page
python tools/rules_page.py --check    fail if the page is not what it would write
"""

import ast
import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "rules.md"
OWED = {
    "links": "B · Links",
    "identity": "C · Identity",
    "catalog": "D · Catalog",
    "checkout": "E · Checkout",
    "notifications": "F · Notifications",
}
Row = Mapping[str, str]


def main() -> None:
    page = render(read_rules(), find_tests())
    if "--check" in sys.argv:
        if PAGE.read_text() != page:
            sys.exit("docs/rules.md is out of date; run: python tools/rules_page.py")
        return
    PAGE.write_text(page)


def read_rules() -> list[Row]:
    with (ROOT / "docs" / "rules.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def find_tests() -> dict[str, list[str]]:
    """Return rule number → tests ("path::name") that carry it, in order of path."""
    found: dict[str, list[str]] = defaultdict(list)
    for top in ("libs", "services", "tests"):
        for path in sorted((ROOT / top).rglob("test_*.py")):
            for name, rule in marked(ast.parse(path.read_text())):
                found[rule].append(f"{path.relative_to(ROOT)}::{name}")
    return found


def marked(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Give (test or class name, rule number) for every `@pytest.mark.rule(...)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.rule":
                    for rule in rules_of(mark):
                        yield node.name, rule


def rules_of(mark: ast.Call) -> Iterator[str]:
    """Give what the mark names, one by one or as a tuple behind a star."""
    for argument in mark.args:
        if isinstance(argument, ast.Starred):
            yield from map(str, ast.literal_eval(argument.value))
        else:
            yield str(ast.literal_eval(argument))


def render(rules: Sequence[Row], tests: Mapping[str, Sequence[str]]) -> str:
    """Return the page: one table a section, rule → tests or who owes them."""
    lines = ["# Rules and the tests that keep them", "", summary(rules, tests)]
    section = ""
    for rule in rules_by_section(rules):
        if rule["section"] != section:
            section = rule["section"]
            lines += ["", f"## {section}. {rule['section_title']}", ""]
            lines += ["| rule | says | owner | kept by |", "| --- | --- | --- | --- |"]
        lines.append(row(rule, tests.get(rule["rule"], ())))
    return "\n".join(lines) + "\n"


def rules_by_section(rules: Sequence[Row]) -> list[Row]:
    return sorted(rules, key=lambda rule: (rule["section"], int(rule["rule"][1:])))


def summary(rules: Sequence[Row], tests: Mapping[str, Sequence[str]]) -> str:
    now = [rule for rule in rules if rule["when"] == "now"]
    kept = sum(1 for rule in now if tests.get(rule["rule"]))
    return (
        f"Written by `tools/rules_page.py` from `docs/rules.csv` and the markers in the tests. "
        f"{kept} of the {len(now)} rules of the first release have a test."
    )


def row(rule: Row, tests: Sequence[str]) -> str:
    if rule["when"] == "later":
        kept = "*later*"
    elif tests:
        kept = "<br>".join(f"`{test}`" for test in tests)
    else:
        kept = f"*waiting*: {OWED[rule['owner']]}"
    return f"| {rule['rule']} | {rule['text']} | {rule['owner']} | {kept} |"


if __name__ == "__main__":
    main()
