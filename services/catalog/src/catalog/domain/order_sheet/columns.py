"""The columns of an order sheet, found again wherever a buyer moved them."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from common.errors import Invalid

HEADER_WITHIN = 60
"""So many rows may stand above the names of the columns."""


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    english: str
    japanese: str
    also: tuple[str, ...] = ()
    """What people write instead."""

    def title(self, language: str) -> str:
        return self.japanese if language == "ja" else self.english


COLUMNS = (
    Column("product", "Product", "商品名"),
    Column("model_number", "Model number", "品番"),
    Column("sku_number", "SKU number", "SKU番号", ("SKU", "SKU no.", "SKUコード")),
    Column("colour", "Colour", "カラー", ("Color", "色")),
    Column("size", "Size", "サイズ"),
    Column("price", "Unit price", "単価"),
    Column("currency", "Currency", "通貨"),
    Column("minimum", "Minimum", "最小数量"),
    Column("multiple", "In packs of", "入数"),
    Column("quantity", "Quantity", "数量", ("Qty", "注文数", "発注数")),
    Column("amount", "Amount", "金額"),
)
RESULTS = (Column("status", "Result", "結果"), Column("note", "Note", "備考"))
"""What the file that a buyer gets back has besides."""
BY_NAME = {
    name: each.key
    for each in (*COLUMNS, *RESULTS)
    for name in (each.key, each.english, each.japanese, *each.also)
}


class NoOrderSheet(Invalid):
    """The file has no column of SKU numbers or none of quantities, or it has two of them."""

    code = "no_order_sheet"


@dataclass(frozen=True, slots=True)
class Header:
    row: int
    """The place of the names among the rows, from 0."""
    places: Mapping[str, int]
    """Where each column that we know stands, from 0."""


def find_header(rows: Sequence[Sequence[str]]) -> Header:
    """Return where the columns are named: the first row with a SKU number and a quantity.

    Raises NoOrderSheet.
    """
    for at, cells in enumerate(rows[:HEADER_WITHIN]):
        keys = [KEYS.get(plain(cell)) for cell in cells]
        if "sku_number" in keys and "quantity" in keys:
            if keys.count("sku_number") > 1 or keys.count("quantity") > 1:
                raise NoOrderSheet("Two columns have the same name: it is not clear which counts.")
            return Header(at, {key: keys.index(key) for key in dict.fromkeys(keys) if key})
    raise NoOrderSheet("The file needs a column with SKU numbers and one with quantities.")


def plain(text: str) -> str:
    """Return a text as it is compared: half-width, small letters, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().replace("_", " ").split())


KEYS = {plain(name): key for name, key in BY_NAME.items()}
