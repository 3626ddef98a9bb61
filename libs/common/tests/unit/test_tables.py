"""Table files: what is written is what is read, and no cell runs in a spreadsheet."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from common.tables import (
    CannotEncode,
    TableUnreadable,
    csv_chunks,
    harmless,
    read_cells,
    read_table,
    xlsx_bytes,
)

TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))
CELL = (TEXT | st.from_regex(r"\A'*[=+\-@＝＋－＠][A-Z0-9]+\Z")).map(
    lambda t: t.strip(" \u3000\u00a0")
)


def csv_bytes(headers: list[str], rows: list[list[str]], encoding: str = "utf-8-sig") -> bytes:
    return b"".join(csv_chunks(headers, rows, encoding=encoding))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_what_is_written_is_what_is_read(pairs: list[tuple[str, str]]) -> None:
    rows = [["x", a, b] for a, b in pairs]
    for content in (csv_bytes(["Row", "A", "B"], rows), xlsx_bytes(["Row", "A", "B"], rows)):
        assert [[r["Row"], r["A"], r["B"]] for r in read_table(content).rows] == rows


@pytest.mark.parametrize(
    "text", ["=1+1", "+81-3-1", "-2", "@SUM(A1)", "\tx", "\r=1", "\n=1", "＝cmd", "'=1", "＠x"]
)
def test_no_cell_of_a_csv_begins_like_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert b"\n" + text.encode()[:2] not in csv_bytes(["A"], [[text]])


def test_what_looks_like_a_formula_is_text_in_excel() -> None:
    sheet = load_workbook(
        io.BytesIO(xlsx_bytes(["A"], [['=HYPERLINK("http://x")'], ["007"]]))
    ).active
    assert sheet is not None
    assert [(c.data_type, c.value) for (c,) in sheet.iter_rows()] == [
        ("s", "A"),
        ("s", '=HYPERLINK("http://x")'),
        ("s", "007"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_the_encodings_of_spreadsheets_are_read(encoding: str) -> None:
    content = "名前,備考\r\n髙島屋,①㈱\r\n".encode(encoding)
    assert read_table(content).rows[0].cells == {"名前": "髙島屋", "備考": "①㈱"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_seen_in_the_first_row(separator: str) -> None:
    content = f'"a, b; c"{separator}B\n1{separator}"x\ny"\n'.encode()
    table = read_table(content)
    assert table.columns == ("a, b; c", "B")
    assert table.rows[0]["B"] == "x\ny"


def test_rows_keep_their_numbers_and_empty_ones_are_no_rows() -> None:
    table = read_table(b"A,B,,\n\n1,\n,,\n2,3,,\n")
    assert [(row.number, row["A"], row["B"]) for row in table.rows] == [(3, "1", ""), (5, "2", "3")]


def test_excel_cells_are_read_as_one_sees_them() -> None:
    from datetime import datetime

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["n", "f", "small", "d", "b", "none"])
    sheet.append([12, 12.50, 0.0001, datetime(2027, 2, 1), True, None])
    buffer = io.BytesIO()
    book.save(buffer)
    [row] = read_table(buffer.getvalue()).rows
    assert list(row.cells.values()) == ["12", "12.5", "0.0001", "2027-02-01", "TRUE", ""]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"A,A\n1,2\n",
        b'A,B\n"open,1\n',
        b"\x00\x01\x02",
        b"A\n\x81\xff\xfd",
        b"PK\x03\x04nothing",
        b"%PDF-1.7\x00",
    ],
)
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(TableUnreadable):
        read_table(content)


def test_a_cell_beyond_the_names_is_refused_with_its_row() -> None:
    with pytest.raises(TableUnreadable) as refused:
        read_table(b"A,B\n1,2\n1,2,3\n")
    assert refused.value.errors[0].field == "rows.3"


def test_too_many_rows_and_too_long_cells_are_refused() -> None:
    with pytest.raises(TableUnreadable):
        read_table(b"A\n" + b"1\n" * 11, max_rows=10)
    with pytest.raises(TableUnreadable):
        read_table(b"A\n" + b"1" * 10_001)


def test_a_zip_that_would_fill_the_memory_is_not_opened() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\x00" * (201 * 1024 * 1024))
    with pytest.raises(TableUnreadable, match="too large"):
        read_table(buffer.getvalue())


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(TableUnreadable):
        read_table(buffer.getvalue())


def test_cp932_is_written_or_says_what_it_cannot() -> None:
    assert csv_bytes(["名前"], [["髙"]], "cp932").decode("cp932") == "名前\r\n髙\r\n"
    with pytest.raises(CannotEncode, match="é"):
        csv_bytes(["a"], [["Café"]], "cp932")


def test_only_the_beginning_has_a_mark() -> None:
    content = csv_bytes(["A"], [["x"]] * 1200)
    assert content.count("\ufeff".encode()) == 1
    assert len(read_table(content).rows) == 1200


def test_rows_are_read_as_they_stand_wherever_the_names_are() -> None:
    rows = read_cells(b"Spring\n\n,A,B,,\n1,'=2,3,,note\n")
    assert rows == [(1, ["Spring"]), (3, ["", "A", "B"]), (4, ["1", "=2", "3", "", "note"])]
    for content in (b"", b"\n,,\n", b"A" + b"," * 200 + b"B"):
        with pytest.raises(TableUnreadable):
            read_cells(content)


def test_a_row_far_below_is_no_endless_loop() -> None:
    whole, given = io.BytesIO(xlsx_bytes(["A"], [["1"]])), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(given, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<row r="2"', b'<row r="900000000"'))
    with pytest.raises(TableUnreadable, match="too many rows"):
        read_table(given.getvalue())


@pytest.mark.parametrize("at", [0.1, 0.4, 0.7, 0.95])
def test_a_damaged_workbook_is_refused_or_read_but_never_fails(at: float) -> None:
    whole = xlsx_bytes(["A", "B"], [[str(n), "x"] for n in range(50)])
    place = int(len(whole) * at)
    for content in (whole[:place], whole[:place] + b"\xff\x00\x13" + whole[place + 3 :]):
        try:
            read_cells(content)
        except TableUnreadable:
            continue
