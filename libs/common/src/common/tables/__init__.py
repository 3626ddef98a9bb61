"""Table files that people bring and take: CSV and Excel, read and written alike.

    table = read_table(content)              # CSV (UTF-8, with BOM or not, CP932) or .xlsx
    for row in table.rows: row.number, row["Name"], row.get("Phone")
    for number, cells in read_cells(content): …    # where the names of the columns may stand anywhere

    yield from csv_chunks(headers, rows)     # to stream
    content = xlsx_bytes(headers, rows)

What is written is what is read: text that a spreadsheet would run as a formula is made harmless on
the way out and gets its own shape back on the way in.
"""

from common.tables.cells import harmless, restored
from common.tables.reading import MAX_ROWS, Row, Table, TableUnreadable, read_cells, read_table
from common.tables.reading_xlsx import is_xlsx
from common.tables.writing import CSV, XLSX, CannotEncode, csv_chunks, text_cell, xlsx_bytes

__all__ = [
    "CSV",
    "MAX_ROWS",
    "XLSX",
    "CannotEncode",
    "Row",
    "Table",
    "TableUnreadable",
    "csv_chunks",
    "harmless",
    "is_xlsx",
    "read_cells",
    "read_table",
    "restored",
    "text_cell",
    "xlsx_bytes",
]
