"""Bytes of an upload into rows by column name (behaviours 29 and 30)."""

import csv
import io
import unicodedata
from dataclasses import dataclass

from twins.next_engine.columns import COLUMNS
from twins.next_engine.switches import Switches


class FileRefused(Exception):
    """Nothing of the file can be imported; the message is what the queue will say."""


@dataclass(frozen=True)
class FileRow:
    number: int
    """As a person counts them in the file: the header is row 1."""
    cells: dict[str, str]


def read_rows(file: bytes, switches: Switches) -> list[FileRow]:
    """Return the rows under the header, blank ones left out. Raises FileRefused."""
    header, *body = _records(_text(file, switches)) or [[]]
    places = _places(header, strict=switches.strict_headers)
    rows = []
    for number, record in enumerate(body, start=2):
        if not any(record):
            continue
        if len(record) != len(header):
            raise FileRefused(f"{number}行目 列数が見出しと一致しません")
        rows.append(FileRow(number, {name: record[place] for name, place in places.items()}))
    return _counted(rows, switches)


def slip_numbers_of(file: bytes) -> tuple[str, ...]:
    """Return the slip numbers a file speaks of, however broken the rest of it is."""
    try:
        records = list(csv.reader(io.StringIO(file.decode("cp932", "replace"), newline="")))
        place = records[0].index(COLUMNS[0].name)
    except (csv.Error, IndexError, ValueError):
        return _slip_numbers_of_utf8(file)
    return _column(records[1:], place)


def _slip_numbers_of_utf8(file: bytes) -> tuple[str, ...]:
    try:
        records = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))
        return _column(records[1:], records[0].index(COLUMNS[0].name))
    except (csv.Error, IndexError, ValueError):
        return ()


def _column(records: list[list[str]], place: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(record[place] for record in records if len(record) > place))


def _text(file: bytes, switches: Switches) -> str:
    if switches.accept_utf8:
        try:
            return file.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    try:
        return file.decode("cp932")
    except UnicodeDecodeError:
        raise FileRefused("文字コードがShift_JISではありません") from None


def _records(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise FileRefused("CSVの形式が正しくありません") from None


def _places(header: list[str], *, strict: bool) -> dict[str, int]:
    """Return where each known column stands; the order is free and unknown ones are ignored."""
    written = [name if strict else _folded(name) for name in header]
    places = {}
    for column in COLUMNS:
        name = column.name if strict else _folded(column.name)
        if name in written:
            places[column.name] = written.index(name)
        elif column.required:
            raise FileRefused(f"{column.name}が存在しません")
    return places


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


def _counted(rows: list[FileRow], switches: Switches) -> list[FileRow]:
    if not rows:
        raise FileRefused("取込対象のデータがありません")
    if switches.max_rows is not None and len(rows) > switches.max_rows:
        raise FileRefused(f"{switches.max_rows}行を超えるファイルは取り込めません")
    return rows
