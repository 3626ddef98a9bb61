"""Shopify's product CSV as brands export it, read as rows of our own columns.

Source: https://help.shopify.com/en/manual/products/import-export/using-csv
A product is several rows of one Handle: the first has its words, each further one a variant or
only a picture. Pictures are addresses on other servers and are not fetched.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser

from catalog.domain.sku_template import LONGEST_CODE

NEEDED = frozenset({"Handle", "Title", "Option1 Value"})
COLOUR_WORDS = frozenset({"color", "colour", "couleur", "farbe", "カラー", "色"})
SIZE_WORDS = frozenset({"size", "taille", "größe", "サイズ"})
ONE = "ONE"
GREY = "#808080"
SHADES = {
    "black": "#000000", "ブラック": "#000000", "黒": "#000000", "white": "#ffffff",
    "ホワイト": "#ffffff", "白": "#ffffff", "navy": "#1b2340", "ネイビー": "#1b2340",
    "grey": "#808080", "gray": "#808080", "グレー": "#808080", "beige": "#d9cbb0",
    "ベージュ": "#d9cbb0", "brown": "#6b4a32", "ブラウン": "#6b4a32", "red": "#b3261e",
    "レッド": "#b3261e", "blue": "#2a52be", "ブルー": "#2a52be", "green": "#3a6b45",
    "グリーン": "#3a6b45", "khaki": "#6b6b47", "カーキ": "#6b6b47", "pink": "#e3a0b5",
    "ピンク": "#e3a0b5", "yellow": "#e5c84b", "イエロー": "#e5c84b", "ecru": "#e8e0d0",
}  # fmt: skip


def is_shopify(columns: Sequence[str]) -> bool:
    return set(columns) >= NEEDED


def shopify_rows(
    rows: Sequence[tuple[int, Mapping[str, str]]], *, language: str, price_key: str
) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Give (row number, values by our keys); None for a row that is only a picture.

    What a cell does not say is left out, so an import never empties a field.
    """
    options: dict[str, list[str]] = {}
    for number, cells in rows:
        handle = cells.get("Handle", "")
        names = [cells.get(f"Option{n} Name", "").casefold() for n in (1, 2, 3)]
        if any(names) or handle not in options:
            options[handle] = names
        is_variant = any(
            cells.get(name) for name in ("Option1 Value", "Variant SKU", "Variant Price")
        )
        if not is_variant:
            yield number, None
            continue
        yield number, _values(handle, cells, options[handle], language, price_key)


def plain_text(markup: str) -> str:
    """Return what a reader of the markup would see, a line for each paragraph."""
    if "<" not in markup and "&" not in markup:
        return markup
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _values(
    handle: str, cells: Mapping[str, str], options: Sequence[str], language: str, price_key: str
) -> dict[str, str]:
    colour, size = _colour_and_size([cells.get(f"Option{n} Value", "") for n in (1, 2, 3)], options)
    said = {
        "model_number": handle,
        f"names.{language}": cells.get("Title", ""),
        f"descriptions.{language}": plain_text(cells.get("Body (HTML)", "")),
        "category": cells.get("Type", ""),
        "colour": re.sub(r"\s+", "-", colour)[:LONGEST_CODE],
        f"colour_names.{language}": colour,
        "colour_hex": SHADES.get(colour.casefold(), GREY),
        "size": size[:LONGEST_CODE],
        "sku_number": cells.get("Variant SKU", "").removeprefix("'"),
        price_key: cells.get("Variant Price", ""),
    }
    return {key: value for key, value in said.items() if value}


def _colour_and_size(values: Sequence[str], options: Sequence[str]) -> tuple[str, str]:
    """Return the variant's colour and size; a third option goes along with the size."""
    given = [(name, v) for name, v in zip(options, values, strict=True) if v != "Default Title"]
    given = [(name, v) for name, v in given if v]
    colour = next((v for name, v in given if name in COLOUR_WORDS), "")
    if not colour:
        colour = next((v for name, v in given[:-1] if name not in SIZE_WORDS), "")
    size = " / ".join(v for _, v in given if v != colour)
    return colour or ONE, size or ONE


class _Reader(HTMLParser):
    BREAKS = frozenset({"p", "br", "li", "div", "tr", "h1", "h2", "h3", "h4"})
    UNREAD = frozenset({"script", "style"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unread += tag in self.UNREAD
        if tag in self.BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unread = max(0, self._unread - (tag in self.UNREAD))
        if tag in self.BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.pieces.append(data)
