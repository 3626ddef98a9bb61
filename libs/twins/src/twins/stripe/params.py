"""Form-encoded parameters as Stripe reads them: line_items[0][price_data][currency]=jpy."""

import re
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]
_PART = re.compile(r"\[([^\]]*)\]")


def nested(pairs: Iterable[tuple[str, str]]) -> Json:
    """Return the parameters as nested objects; lists are objects with keys "0", "1", …."""
    tree: Json = {}
    for name, value in pairs:
        first, _, _ = name.partition("[")
        path = [first, *_PART.findall(name)]
        node = tree
        for part in path[:-1]:
            node = node.setdefault(part, {})
        node[path[-1]] = value
    return tree


def items(value: Any) -> list[Any]:
    """Return the members of a list parameter in order."""
    return list(value.values()) if isinstance(value, dict) else []
