"""The columns of a file of products, one SKU a row. What is exported is what is read."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from common.errors import FieldError, Invalid


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    english: str
    japanese: str

    def title(self, language: str) -> str:
        return self.japanese if language == "ja" else self.english


TEXTS = (
    ("names", "Name", "商品名"),
    ("descriptions", "Description", "説明"),
    ("materials", "Materials", "素材"),
)
RESULTS = frozenset({"status", "note", "結果", "備考"})
"""Columns of a result file: so that one, corrected, can be read again."""


def columns_of(
    languages: Sequence[str], terms: Sequence[str], currencies: Sequence[str]
) -> list[Column]:
    """Return the columns for a brand of these languages, trade terms (by code) and currencies."""
    return [
        Column("model_number", "Model number", "品番"),
        *[
            Column(f"{key}.{each}", f"{english} ({each})", f"{japanese} ({each})")
            for key, english, japanese in TEXTS
            for each in languages
        ],
        Column("category", "Category", "カテゴリー"),
        Column("tax", "Tax", "税"),
        Column("colour", "Colour", "カラー"),
        *[
            Column(f"colour_names.{each}", f"Colour name ({each})", f"カラー名 ({each})")
            for each in languages
        ],
        Column("colour_hex", "Shade", "色見本"),
        Column("size", "Size", "サイズ"),
        Column("sku_number", "SKU number", "SKU番号"),
        Column("minimum", "Minimum", "最小数量"),
        Column("multiple", "In packs of", "入数"),
        *[
            Column(f"price.{term}.{each}", f"Price {term} {each}", f"価格 {term} {each}")
            for term in terms
            for each in currencies
        ],
    ]


def known_columns(names: Iterable[str], columns: Sequence[Column]) -> dict[str, str]:
    """Return the file's column by key. Raises Invalid naming what no column of ours is called."""
    by_name = {
        _plain(name): each.key
        for each in columns
        for name in (each.key, each.english, each.japanese)
    }
    found: dict[str, str] = {}
    unknown = []
    for name in names:
        key = by_name.get(_plain(name))
        if key and key not in found:
            found[key] = name
        elif _plain(name) not in RESULTS:
            unknown.append(FieldError(name, "unknown_column", name))
    if unknown:
        raise Invalid("The file has columns that are none of ours.", errors=unknown)
    if not {"model_number", "colour", "size"} <= found.keys():
        raise Invalid("The file needs columns for the model number, the colour and the size.")
    return found


def values_of(cells: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the row's cells by key."""
    return {key: cells[name] for key, name in columns.items()}


def _plain(name: str) -> str:
    """Return the name as it is compared: half-width, small letters, no spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().replace("_", " ").split())
