"""Aligned tables for people, JSON for machines."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from unicodedata import east_asian_width

from marshmallow import Schema

from common.commands.command import say

LONGEST = 100
"""Letters of a cell; who needs all of them asks for JSON."""


def say_table(heads: Sequence[str], rows: Sequence[Sequence[object]], *, none: str) -> None:
    """Write the rows under their heads, column below column; `none` where there is no row."""
    if not rows:
        say(none)
        return
    cells = [[*heads], *[[_text(cell) for cell in row] for row in rows]]
    widths = [max(_width(cell) for cell in column) for column in zip(*cells, strict=True)]
    for line in cells:
        padded = (
            cell + " " * (size - _width(cell)) for cell, size in zip(line, widths, strict=True)
        )
        say("  ".join(padded).rstrip())


def say_json(schema: Schema, value: Any) -> None:
    """Write what the API would answer."""
    say(json.dumps(schema.dump(value, many=isinstance(value, list)), ensure_ascii=False, indent=2))


def age(span: timedelta) -> str:
    """Return the span in the unit that one would say it in: 90 s, 15 min, 5 h, 3 d."""
    seconds = max(0, int(span.total_seconds()))
    for limit, size, unit in ((120, 1, "s"), (7200, 60, "min"), (172_800, 3600, "h")):
        if seconds < limit:
            return f"{seconds // size} {unit}"
    return f"{seconds // 86_400} d"


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%SZ}"
    if isinstance(cell, timedelta):
        return age(cell)
    text = " ".join(str(cell).split()) if cell not in (None, "") else "-"
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _width(text: str) -> int:
    """Return how many columns of a terminal the text takes."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
