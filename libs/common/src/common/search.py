"""Finding rows by words that people type, in a column that the database keeps for it.

The column is `lower(normalize(…, nfkc))` of what can be searched. LIKE is no leakproof operator,
so under a row-level policy no index on it would be used; one short text in small letters is quick
to look through beside the index of the list's order.
"""

import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, and_, true
from sqlalchemy.orm import InstrumentedAttribute

MOST_WORDS = 8


def has_words(column: "InstrumentedAttribute[Any]", search: str) -> ColumnElement[bool]:
    """Return the condition that each word of the search stands somewhere in the column."""
    words = unicodedata.normalize("NFKC", search.replace("\x00", "")).lower().split()
    return and_(true(), *(column.contains(word, autoescape=True) for word in words[:MOST_WORDS]))
