"""Only the edges commit: `common.db` opens and ends transactions, nobody else does."""

import ast
from collections.abc import Iterator
from pathlib import Path

from devstack.checks.sources import list_sources

MAY = ("libs/common/src/common/db.py", "libs/common/src/common/migrate.py", "libs/devstack/")


def find(root: Path) -> Iterator[str]:
    """Give a sentence per call of a method named commit or rollback."""
    for path in list_sources(root):
        name = path.relative_to(root).as_posix()
        if not name.startswith(MAY):
            yield from _find_in(name, path)


def _find_in(name: str, path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("commit", "rollback")
        ):
            yield f"{name}:{node.lineno} calls {node.func.attr}(); transactions end at the edge"
