"""CSV as spreadsheets write it: UTF-8 with a BOM or without, or CP932; commas, semicolons, tabs."""

import codecs
import csv
import io
from collections.abc import Iterator

from common.tables.refusals import TableUnreadable

SEPARATORS = ",;\t"


def csv_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Give (row number, cells); a row that spans lines because of a line break counts once."""
    text = decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as wrong:
        raise TableUnreadable("The file is no complete CSV. Is a quotation mark open?") from wrong


def decoded(content: bytes) -> str:
    """Return the text of the file. Raises TableUnreadable.

    Valid UTF-8 is UTF-8: text in CP932 with any Japanese in it is never valid UTF-8 by chance.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _by(content, "utf-16")
    try:
        return _by(content, "utf-8-sig")
    except TableUnreadable:
        return _by(content, "cp932")


def _by(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise TableUnreadable(
            "The file's characters cannot be read. Please save it as CSV UTF-8."
        ) from wrong
    if "\x00" in text:
        raise TableUnreadable("This is neither a CSV nor an Excel file.")
    return text


def _separator(text: str) -> str:
    """Return what separates the names in the first row that has any; a comma in doubt."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(part for i, part in enumerate(first.split('"')) if i % 2 == 0)
    return max(SEPARATORS, key=bare.count)
