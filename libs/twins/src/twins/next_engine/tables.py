"""Rows as the API shows them: every value a string or None, found quickly by their keys."""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

Row = dict[str, str | None]


class Kind(Enum):
    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"


class Table:
    """Rows in the order they were added; an indexed field must not change after adding."""

    def __init__(self, kinds: Mapping[str, Kind], *, indexed: Sequence[str] = ()) -> None:
        self.kinds = kinds
        self.rows: list[Row] = []
        self._position: dict[int, int] = {}
        self._indexes: dict[str, dict[str | None, list[Row]]] = {name: {} for name in indexed}

    def add(self, row: Row) -> Row:
        """Keep a row; fields that are not given, or None, take no room and are read with `get`.

        Raises KeyError for a field that is none of this table's.
        """
        if not row.keys() <= self.kinds.keys():
            raise KeyError(sorted(row.keys() - self.kinds.keys()))
        kept: Row = {name: value for name, value in row.items() if value is not None}
        self._position[id(kept)] = len(self.rows)
        self.rows.append(kept)
        for field, index in self._indexes.items():
            index.setdefault(kept.get(field), []).append(kept)
        return kept

    def find(self, field: str, values: Iterable[str | None]) -> list[Row]:
        """Return the rows whose indexed field has one of the values, oldest first."""
        index = self._indexes[field]
        found = [row for value in dict.fromkeys(values) for row in index.get(value, ())]
        return sorted(found, key=lambda row: self._position[id(row)])

    def whole(self, row: Row) -> Row:
        """Return the row with all of its fields."""
        return {name: row.get(name) for name in self.kinds}

    def is_indexed(self, field: str) -> bool:
        return field in self._indexes


def kinds(*, numbers: str = "", moments: str = "", texts: str = "") -> dict[str, Kind]:
    """Return field kinds from space-separated names."""
    return {
        **dict.fromkeys(numbers.split(), Kind.NUMBER),
        **dict.fromkeys(moments.split(), Kind.MOMENT),
        **dict.fromkeys(texts.split(), Kind.TEXT),
    }
