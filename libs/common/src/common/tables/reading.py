"""Read a table file, whatever it is called: the first row names the columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from common.errors import FieldError
from common.tables.cells import restored
from common.tables.reading_csv import csv_rows
from common.tables.reading_xlsx import MAX_UNPACKED_BYTES, is_xlsx, xlsx_rows
from common.tables.refusals import TableUnreadable

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL = 10_000

__all__ = ["MAX_ROWS", "Row", "Table", "TableUnreadable", "read_cells", "read_table"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its number in the file, as a spreadsheet counts: the header is row 1."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str, default: str = "") -> str:
        """Return the cell, trimmed, or the default when the file has no such column."""
        return self.cells.get(column, default)


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: list[Row]
    """Rows that have something in them, in the file's order."""


def read_table(content: bytes, *, max_rows: int = MAX_ROWS) -> Table:
    """Return the file's table, every cell a trimmed text. Raises TableUnreadable."""
    lines = xlsx_rows(content) if is_xlsx(content) else csv_rows(content)
    numbered = ((n, cells) for n, cells in _tidy(lines) if any(cells))
    _, header = next(numbered, (0, []))
    columns = _columns(header)
    rows: list[Row] = []
    for number, cells in numbered:
        if len(rows) == max_rows:
            raise TableUnreadable("The file has too many rows. Please split it.")
        rows.append(Row(number, _named(columns, cells, number)))
    return Table(columns, rows)


def read_cells(
    content: bytes, *, max_rows: int = MAX_ROWS, max_unpacked: int = MAX_UNPACKED_BYTES
) -> list[tuple[int, list[str]]]:
    """Return every row that has something in it, with its number, for files that people rearrange.

    No row is taken for the names of the columns: those may stand further below. Raises
    TableUnreadable.
    """
    lines = xlsx_rows(content, max_unpacked) if is_xlsx(content) else csv_rows(content)
    found: list[tuple[int, list[str]]] = []
    for number, cells in _tidy(lines):
        if not any(cells):
            continue
        if len(found) == max_rows:
            raise TableUnreadable("The file has too many rows. Please split it.")
        found.append((number, _trimmed(cells)))
    if not found:
        raise TableUnreadable("The file is empty. Its first row must name the columns.")
    return found


def _trimmed(cells: list[str]) -> list[str]:
    if len(cells) > MAX_COLUMNS and any(cells[MAX_COLUMNS:]):
        raise TableUnreadable("The file has too many columns.")
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _tidy(lines: Iterator[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in lines:
        if any(len(cell) > MAX_CELL for cell in cells):
            raise TableUnreadable("A cell of the file is too long.")
        yield number, [restored(cell.strip(" \u3000\u00a0")) for cell in cells]


def _columns(header: Sequence[str]) -> tuple[str, ...]:
    names = list(header)
    while names and not names[-1]:
        names.pop()
    if not names:
        raise TableUnreadable("The file is empty. Its first row must name the columns.")
    if len(names) > MAX_COLUMNS:
        raise TableUnreadable("The file has too many columns.")
    given = [name for name in names if name]
    if len(set(given)) < len(given):
        raise TableUnreadable("Two columns of the file have the same name.")
    return tuple(names)


def _named(columns: Sequence[str], cells: Sequence[str], number: int) -> dict[str, str]:
    """Return the cells by column; a nameless column is not read, one beyond the header is wrong."""
    if any(cells[len(columns) :]):
        where = FieldError(f"rows.{number}", "too_many_cells", str(number))
        raise TableUnreadable("A row has more cells than the first row has names.", errors=[where])
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    return {name: cell for name, cell in zip(columns, padded, strict=False) if name}
