"""Write a table file that spreadsheets open safely and `read_table` reads again."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from common.errors import Invalid
from common.tables.cells import harmless, marked_only

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_PER_CHUNK = 500
AS_TEXT = "@"
"""The number format that keeps Excel from making 0123 a number or 1-2 a date."""


class CannotEncode(Invalid):
    """The encoding asked for has no such character, for example an accented letter in CP932."""

    code = "cannot_encode"


def csv_chunks(
    headers: Sequence[str], rows: Iterable[Sequence[str]], *, encoding: str = "utf-8-sig"
) -> Iterator[bytes]:
    """Give the file piece by piece: UTF-8 with a BOM, by which Excel knows it, or CP932.

    Raises CannotEncode in the midst of it, when the encoding has no such character.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in headers])
    pending = 1
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        pending += 1
        if pending >= ROWS_PER_CHUNK:
            yield _encoded(buffer, encoding)
            # The BOM stands at the beginning only.
            encoding, pending = encoding.removesuffix("-sig"), 0
    if pending:
        yield _encoded(buffer, encoding)


def xlsx_bytes(headers: Sequence[str], rows: Iterable[Sequence[str]], *, sheet: str = "1") -> bytes:
    """Return a workbook with one sheet, every cell a text, the names bold and in sight."""
    book = Workbook(write_only=True)
    page = book.create_sheet(title=sheet[:31])
    page.freeze_panes = "A2"
    page.append([text_cell(page, name, bold=True) for name in headers])
    for row in rows:
        page.append([text_cell(page, text) for text in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def text_cell(page: object, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """Return a cell that is text whatever it says, for a workbook that is written row by row."""
    cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", marked_only(text)))
    cell.data_type = "s"  # Else openpyxl makes text that begins with "=" a formula.
    cell.number_format = AS_TEXT
    if bold:
        cell.font = Font(bold=True)
    return cell


def _encoded(buffer: io.StringIO, encoding: str) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as wrong:
        missing = text[wrong.start]
        raise CannotEncode(f"{encoding} has no character for “{missing}”.") from wrong
