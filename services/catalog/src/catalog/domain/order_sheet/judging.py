"""What becomes of each row of a filled order sheet, before the cart is asked.

A row counts only if everything in it that names an article names the same one: people sort a
single column, and then the quantity of one article stands beside the number of another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from catalog.domain.order_sheet.columns import plain
from catalog.domain.order_sheet.quantities import NotANumber, TooMany, read_typed_quantity

WANTED = "wanted"
"""The fate of a row that goes to the cart; the cart's answer makes it taken, removed or unchanged."""

BEYOND = "beyond"
"""What a row has where no column is named: in a CSV the rest of an unquoted 1,200."""


@dataclass(frozen=True, slots=True)
class Article:
    """A SKU of the catalog as a row is compared with it."""

    sku_id: UUID
    number: str
    model_number: str
    colours: frozenset[str]
    """Its colour's code and its names in every language, as `plain` writes them."""
    size: str
    minimum: int | None
    multiple: int | None
    has_price: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A row's fate. `number` is the row's in the file; `limit` the minimum or the pack it misses."""

    number: int
    fate: str
    sku_id: UUID | None = None
    quantity: int | None = None
    limit: int | None = None


class Articles:
    """The catalog's SKUs by number; a number that only differs in width or case is found, too."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._exact = {each.number: each for each in articles}
        self._loose: dict[str, Article | None] = {}
        for each in articles:
            key = plain(each.number)
            self._loose[key] = None if key in self._loose else each

    def find(self, number: str) -> Article | None:
        """Return the SKU of that number; of two that look alike only the exact one."""
        return self._exact.get(number) or self._loose.get(plain(number))


def judge_rows(
    rows: Sequence[tuple[int, Mapping[str, str]]], articles: Articles, *, closed: str | None
) -> list[Judged]:
    """Return each row's fate, in the file's order. `closed`: why the catalog takes nothing now."""
    judged = [_judge(number, cells, articles, closed) for number, cells in rows]
    wanted: dict[UUID, set[int]] = {}
    for each in judged:
        if each.fate == WANTED and each.sku_id is not None and each.quantity is not None:
            wanted.setdefault(each.sku_id, set()).add(each.quantity)
    seen: set[UUID] = set()
    return [_alone(each, wanted, seen) for each in judged]


def _judge(number: int, cells: Mapping[str, str], articles: Articles, closed: str | None) -> Judged:
    if cells.get(BEYOND):
        return Judged(number, "too_wide")
    try:
        quantity = read_typed_quantity(cells.get("quantity", ""))
    except (NotANumber, TooMany) as wrong:
        return Judged(number, "too_many" if isinstance(wrong, TooMany) else "not_a_number")
    if quantity is None:
        return Judged(number, "empty")
    return _of_article(number, quantity, cells, articles, closed)


def _of_article(
    number: int, quantity: int, cells: Mapping[str, str], articles: Articles, closed: str | None
) -> Judged:
    article = articles.find(cells.get("sku_number", ""))
    if article is None:
        return Judged(number, "unknown_sku")
    if not _is_of(cells, article):
        return Judged(number, "mixed_up")
    if closed is not None:
        return Judged(number, closed)
    return _allowed(Judged(number, WANTED, article.sku_id, quantity), article)


def _is_of(cells: Mapping[str, str], article: Article) -> bool:
    """Say whether nothing in the row names another article than its SKU number does."""
    model, colour, size = (plain(cells.get(key, "")) for key in ("model_number", "colour", "size"))
    return (
        model in ("", plain(article.model_number))
        and (not colour or colour in article.colours)
        and size in ("", plain(article.size))
    )


def _allowed(row: Judged, article: Article) -> Judged:
    if not row.quantity:
        return row
    if not article.has_price:
        return replace(row, fate="no_price")
    if article.minimum and row.quantity < article.minimum:
        return replace(row, fate="below_minimum", limit=article.minimum)
    if article.multiple and row.quantity % article.multiple:
        return replace(row, fate="not_in_packs", limit=article.multiple)
    return row


def _alone(row: Judged, wanted: Mapping[UUID, set[int]], seen: set[UUID]) -> Judged:
    """Refuse rows that want different quantities of one SKU; the same again is said once."""
    if row.fate != WANTED or row.sku_id is None:
        return row
    if len(wanted[row.sku_id]) > 1:
        return replace(row, fate="contradicted")
    if row.sku_id in seen:
        return replace(row, fate="repeated")
    seen.add(row.sku_id)
    return row
