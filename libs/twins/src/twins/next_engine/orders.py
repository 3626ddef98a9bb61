"""Rows into orders, each with what is wrong with it (behaviours 31 to 33)."""

from dataclasses import dataclass, field

from twins.next_engine.columns import COLUMNS
from twins.next_engine.csv_file import FileRow
from twins.next_engine.switches import Switches


@dataclass
class Order:
    """All rows with one slip number; what belongs to the whole order is read from the first."""

    number: str
    rows: list[FileRow] = field(default_factory=list)

    @property
    def head(self) -> dict[str, str]:
        return self.rows[0].cells

    def amount(self, column: str) -> int:
        return int(self.head[column])


def orders_of(rows: list[FileRow]) -> list[Order]:
    """Group rows by slip number, in the order in which the numbers first appear."""
    orders: dict[str, Order] = {}
    for row in rows:
        number = row.cells[COLUMNS[0].name]
        orders.setdefault(number, Order(number)).rows.append(row)
    return list(orders.values())


def complaint_about(order: Order, switches: Switches, *, tax_included: bool) -> str | None:
    """Return the first thing wrong with the order as a queue message, or None."""
    for row in order.rows:
        complaint = _complaint_about_row(row)
        if complaint:
            return f"{row.number}行目 {complaint}"
    if switches.max_lines is not None and len(order.rows) > switches.max_lines:
        return f"{order.number} 明細は{switches.max_lines}行までです"
    if switches.check_totals:
        return _complaint_about_amounts(order, tax_included=tax_included)
    return None


def _complaint_about_row(row: FileRow) -> str | None:
    for column in COLUMNS:
        cell = row.cells.get(column.name, "")
        if cell == "":
            if column.required:
                return f"{column.name} 入力されていません"
            continue
        complaint = column.check(cell)
        if complaint:
            return f"{column.name} {complaint}"
    return None


def _complaint_about_amounts(order: Order, *, tax_included: bool) -> str | None:
    first = f"{order.rows[0].number}行目"
    lines = sum(int(row.cells["商品価格"]) * int(row.cells["受注数量"]) for row in order.rows)
    if order.amount("商品計") != lines:
        return f"{first} 商品計 明細の合計と一致しません"
    added = sum(order.amount(name) for name in ("税金", "手数料", "発送料", "その他費用"))
    if order.amount("合計金額") != lines + added - order.amount("ポイント"):
        return f"{first} 合計金額 内訳の合計と一致しません"
    if tax_included and order.amount("税金"):
        return f"{first} 税金 税込みの店舗では0を指定してください"
    return None
