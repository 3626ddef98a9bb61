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
        """Keep a row; a field that is not given is None."""
        whole = {name: row.get(name) for name in self.kinds}
        self._position[id(whole)] = len(self.rows)
        self.rows.append(whole)
        for field, index in self._indexes.items():
            index.setdefault(whole[field], []).append(whole)
        return whole

    def find(self, field: str, values: Iterable[str | None]) -> list[Row]:
        """Return the rows whose indexed field has one of the values, oldest first."""
        index = self._indexes[field]
        found = [row for value in dict.fromkeys(values) for row in index.get(value, ())]
        return sorted(found, key=lambda row: self._position[id(row)])

    def is_indexed(self, field: str) -> bool:
        return field in self._indexes


def kinds(*, numbers: str = "", moments: str = "", texts: str = "") -> dict[str, Kind]:
    """Return field kinds from space-separated names."""
    return {
        **dict.fromkeys(numbers.split(), Kind.NUMBER),
        **dict.fromkeys(moments.split(), Kind.MOMENT),
        **dict.fromkeys(texts.split(), Kind.TEXT),
    }
