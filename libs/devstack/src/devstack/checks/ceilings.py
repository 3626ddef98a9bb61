"""Files over 200 lines and functions over 40. Source: the style guide, point 7."""

import ast
from collections.abc import Iterator
from pathlib import Path

from devstack.checks.sources import list_sources

FILE_LINES = 200
FUNCTION_LINES = 40


def find(root: Path) -> Iterator[str]:
    """Give a sentence per file or function that has grown too large."""
    for path in list_sources(root):
        name, text = path.relative_to(root), path.read_text()
        lines = len(text.splitlines())
        if lines > FILE_LINES:
            yield f"{name} has {lines} lines; split it by verb or noun"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    yield f"{name}:{node.lineno} {node.name} has {length} lines"
