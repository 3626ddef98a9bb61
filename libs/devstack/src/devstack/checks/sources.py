"""The Python files that are ours."""

from collections.abc import Iterator
from pathlib import Path

PLACES = ("libs/*/src", "services/*/src")


def list_sources(root: Path) -> Iterator[Path]:
    """Give every module of the packages, tests and migrations left out."""
    for place in PLACES:
        for folder in sorted(root.glob(place)):
            yield from sorted(folder.rglob("*.py"))
