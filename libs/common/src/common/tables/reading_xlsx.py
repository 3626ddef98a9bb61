"""Excel workbooks (.xlsx): the first sheet, values as one sees them, formulas by their last result."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from common.tables.refusals import TableUnreadable

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
"""A workbook is a zip: a small file must not fill the memory when it is opened."""
MAX_WIDTH = 256
MAX_HEIGHT = 200_000
"""A row may name any number, and all before it would be made up: a loop without an end."""
BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ParseError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    AssertionError,
)
"""What zipfile, the XML parser and openpyxl raise about files that are none."""


def is_xlsx(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def xlsx_rows(
    content: bytes, max_unpacked: int = MAX_UNPACKED_BYTES
) -> Iterator[tuple[int, list[str]]]:
    """Give (row number, cells as text) of rows with anything in them. Raises TableUnreadable."""
    _check_size(content, max_unpacked)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        for number, cells in enumerate(
            sheet.iter_rows(max_col=MAX_WIDTH, values_only=True), start=1
        ):
            if number > MAX_HEIGHT:
                raise TableUnreadable("The file has too many rows. Please split it.")
            if cells.count(None) < len(cells):
                yield number, [as_text(value) for value in cells]
    except TableUnreadable:
        raise
    except BROKEN as wrong:
        raise TableUnreadable("The Excel file cannot be read. Please save it again.") from wrong


def as_text(value: Any) -> str:
    """Return what a person sees in the cell: 12 for the number 12.0, ISO 8601 for dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def _check_size(content: bytes, max_unpacked: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
    except BROKEN as wrong:
        raise TableUnreadable("The Excel file cannot be read. Please save it again.") from wrong
    if unpacked > max_unpacked:
        raise TableUnreadable("The file is too large. Please split it.")
