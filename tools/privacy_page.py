"""Writes docs/privacy.md from the services' registers of what they hold of people.

python tools/privacy_page.py            write the page
python tools/privacy_page.py --check    fail if the page is not what it would write
"""

import importlib
import os
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from common.privacy import Held
from common.privacy.machinery import AUDIT, DELIVERY, DELIVERY_PASSING

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "privacy.md"
SHARED = (*DELIVERY, *AUDIT)
SERVICES = ("identity", "catalog", "links", "checkout", "notifications")
HEAD = ROOT / "docs" / "privacy.head.md"


def main() -> None:
    if len(sys.argv) > 2 and sys.argv[1] == "--service":
        register = importlib.import_module(f"{sys.argv[2]}.store.personal").REGISTER
        own = [each for each in register.held if each not in SHARED]
        passing = register.passing.items() - DELIVERY_PASSING.items()
        sys.stdout.write("\n".join(section(register.service, own, passing)) + "\n")
        return
    shared = "\n".join(section("Every service", SHARED, DELIVERY_PASSING.items()))
    page = f"{HEAD.read_text()}\n{shared}\n"
    page += "".join(f"\n{section_of(each)}" for each in SERVICES)
    if "--check" in sys.argv:
        if PAGE.read_text() != page:
            sys.exit("docs/privacy.md is out of date; run: python tools/privacy_page.py")
        return
    PAGE.write_text(page)


def section_of(service: str) -> str:
    """Return the service's part, made in a process of its own: two services' tables share names."""
    command = [sys.executable, __file__, "--service", service]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    return done.stdout


def section(name: str, held: Sequence[Held], passing: Collection[tuple[str, str]]) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    yield "| what | table | erased | what stays |"
    yield "| --- | --- | --- | --- |"
    for each in held:
        yield f"| {each.what} | `{each.table}` | {erased(each)} | {each.stays or 'nothing'} |"
    if passing:
        yield ""
        yield "Personal, but tied to nobody; how long it stays:"
        yield ""
        for column, when in sorted(passing):
            yield f"- `{column}`: {when}"


def erased(held: Held) -> str:
    """Return what becomes of the columns, those of one fate together."""
    if held.goes:
        return "deleted"
    fates: dict[str, list[str]] = {}
    for column, fate in held.columns.items():
        fates.setdefault(fate.words, []).append(f"`{column}`")
    return ". ".join(f"{', '.join(columns)}: {words}" for words, columns in fates.items())


if __name__ == "__main__":
    main()
