"""The order sheet as an Excel workbook: what it is, the names of the columns, a row per SKU.

All but the quantities is locked, without a password: a buyer who must change something can.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from catalog.domain.order_sheet.columns import COLUMNS
from catalog.domain.order_sheet.quantities import LARGEST
from catalog.usecases.list_offer import Offered
from common.money import exponent
from common.tables import text_cell

WIDTHS = {"product": 38, "model_number": 18, "sku_number": 24, "colour": 18, "price": 13}
OTHERS_WIDTH = 11
KEYS = [column.key for column in COLUMNS]
HEADER_ROW = 6
INK, SOFT, FAINT, FILL = "1B1B1F", "5B6069", "D9DCE1", "FFF8E1"
RULE = Border(bottom=Side(style="thin", color=FAINT))


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything that an order sheet says, in the buyer's language."""

    title: str
    lines: tuple[str, ...]
    """What stands under the title: for whom, at which terms, how it is filled in."""
    headers: tuple[str, ...]
    rows: Sequence[Offered]
    quantities: Mapping[UUID, int]
    """What the cart holds already."""
    currency: str
    total: str
    wrong_quantity: str


def order_workbook(sheet: Sheet) -> bytes:
    """Return the workbook."""
    book = Workbook(write_only=True)
    page = book.create_sheet(title="1")
    _set_up(page, sheet)
    page.append([_said(page, sheet.title, size=18)])
    for line in (*sheet.lines, "", "")[: HEADER_ROW - 3]:
        page.append([_said(page, line, size=10, colour=SOFT)])
    page.append(_sums(page, sheet))
    page.append([_header(page, name) for name in sheet.headers])
    for number, row in enumerate(sheet.rows, start=HEADER_ROW + 1):
        page.append(_row(page, row, sheet.quantities.get(row.sku_id), number))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _set_up(page: Any, sheet: Sheet) -> None:
    for at, key in enumerate(KEYS, start=1):
        page.column_dimensions[get_column_letter(at)].width = WIDTHS.get(key, OTHERS_WIDTH)
    page.freeze_panes = f"D{HEADER_ROW + 1}"
    page.sheet_view.showGridLines = False
    page.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
    rule = DataValidation(
        type="whole", operator="between", formula1="0", formula2=str(LARGEST), errorStyle="warning"
    )
    rule.error, rule.allow_blank = sheet.wrong_quantity, True
    rule.add(f"{_letter('quantity')}{HEADER_ROW + 1}:{_letter('quantity')}{_last(sheet)}")
    page.data_validations.append(rule)


def _row(page: object, row: Offered, quantity: int | None, number: int) -> list[Cell]:
    money = _shape(row.price.currency) if row.price else "0"
    price, wanted = f"{_letter('price')}{number}", f"{_letter('quantity')}{number}"
    amount = f'=IF({wanted}="","",{price}*{wanted})' if row.price else None
    cells = [
        text_cell(page, row.product),
        text_cell(page, row.model_number),
        text_cell(page, row.sku_number),
        text_cell(page, row.colour),
        text_cell(page, row.size),
        _number(page, row.price.decimal if row.price else None, money),
        text_cell(page, row.price.currency if row.price else ""),
        _number(page, row.minimum, "0"),
        _number(page, row.multiple, "0"),
        _number(page, quantity, "#,##0"),
        _number(page, amount, money),
    ]
    for cell in cells:
        cell.border = RULE
    if row.price:
        fill = cells[KEYS.index("quantity")]
        fill.protection, fill.fill = Protection(locked=False), PatternFill("solid", fgColor=FILL)
    return cells


def _sums(page: object, sheet: Sheet) -> list[Cell | None]:
    """Return the row above the names: how many, and what it comes to."""
    cells: list[Cell | None] = [None] * len(KEYS)
    for key, shape in {"quantity": "#,##0", "amount": _shape(sheet.currency)}.items():
        within = f"{_letter(key)}{HEADER_ROW + 1}:{_letter(key)}{_last(sheet)}"
        cell = _number(page, f"=SUM({within})", shape)
        cell.font = Font(bold=True, color=INK)
        cells[KEYS.index(key)] = cell
    cells[KEYS.index("multiple")] = _said(page, sheet.total, size=10, colour=SOFT)
    return cells


def _shape(currency: str) -> str:
    """Return Excel's number format for the currency's decimals (R64)."""
    places = exponent(currency)
    return "#,##0" + ("." + "0" * places if places else "")


def _letter(key: str) -> str:
    return str(get_column_letter(KEYS.index(key) + 1))


def _last(sheet: Sheet) -> int:
    return HEADER_ROW + max(1, len(sheet.rows))


def _header(page: object, name: str) -> Cell:
    cell = text_cell(page, name)
    cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor=INK)
    cell.alignment = Alignment(vertical="center")
    return cell


def _said(page: object, text: str, *, size: int, colour: str = INK) -> Cell:
    cell = text_cell(page, text)
    cell.font = Font(size=size, color=colour)
    return cell


def _number(page: object, value: object, shape: str) -> Cell:
    cell = WriteOnlyCell(page, value=value)
    cell.number_format = shape
    return cell
