"""A filled order sheet, brought back: judged row by row, put into the cart, written down."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from werkzeug.datastructures import FileStorage

from catalog.deps import deps
from catalog.domain.order_sheet.columns import find_header, plain
from catalog.domain.order_sheet.judging import BEYOND, WANTED, Article, Articles, Judged, judge_rows
from catalog.gateways.carts import write_quantities
from catalog.store.models import Sku
from catalog.store.order_sheet_models import OrderSheet
from catalog.store.order_sheets import keep_sheet, list_sheet_skus
from catalog.usecases.see_catalogs import SeenCatalog
from catalog.web.order_sheet.files import cart_of
from catalog.web.storefront import Shop
from common.errors import FieldError, Invalid
from common.tables import is_xlsx, read_cells

MAX_FILE_BYTES = 8 * 2**20
MAX_UNPACKED_BYTES = 48 * 2**20
MAX_LINES = 5000
"""What one request to checkout carries."""
Rows = list[tuple[int, list[str]]]


def fill_cart(shop: Shop, seen: SeenCatalog, file: FileStorage | None) -> OrderSheet:
    """Put what the file says into the cart and return it with every row's fate.

    The same file again changes nothing. Raises Invalid for a file that is no order sheet.
    """
    if file is None or not file.filename:
        wrong = FieldError("file", "required", "Please choose a file.")
        raise Invalid("Please choose a file.", errors=[wrong])
    content = file.stream.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise Invalid("The file is too large. Please split it.")
    rows = read_cells(content, max_unpacked=MAX_UNPACKED_BYTES)
    header = find_header([cells for _, cells in rows])
    body = rows[header.row + 1 :]
    closed = None if shop.can_order(seen) else seen.access.reason
    known = _articles(shop, seen)
    width = None if is_xlsx(content) else len(rows[header.row][1])
    named = [(number, _named(cells, header.places, width)) for number, cells in body]
    judged = judge_rows(named, known, closed=closed)
    settled = _put(shop, seen, judged)
    sheet = OrderSheet(
        maker_id=shop.visit.maker_id,
        brand_id=shop.visit.brand_id,
        buyer_id=shop.visit.buyer_id,
        link_id=shop.visit.link_id,
        catalog_id=seen.catalog.id,
        file_name=file.filename[-120:].replace("\x00", ""),
        head=[cells for _, cells in rows[: header.row + 1]],
        rows=[_kept(cells, *fate) for (_, cells), fate in zip(body, settled, strict=True)],
        created_at=deps().now(),
    )
    with deps().database.transaction(shop.visit.maker_id) as session:
        keep_sheet(session, sheet)
    return sheet


def _articles(shop: Shop, seen: SeenCatalog) -> Articles:
    terms = shop.buyer.terms
    with deps().database.transaction(shop.visit.maker_id) as session:
        found = list_sheet_skus(
            session,
            catalog_id=seen.catalog.id,
            trade_term_id=terms.trade_term_id,
            currency=terms.currency,
        )
        return Articles([_article(*each) for each in found])


def _article(sku: Sku, model_number: str, has_price: bool) -> Article:
    return Article(
        sku_id=sku.id,
        number=sku.number,
        model_number=model_number,
        colours=frozenset(plain(each) for each in (sku.colour, *sku.colour_names.values())),
        size=sku.size,
        minimum=sku.minimum,
        multiple=sku.multiple,
        has_price=has_price,
    )


def _put(shop: Shop, seen: SeenCatalog, judged: list[Judged]) -> list[tuple[Judged, int | None]]:
    """Return each row with its last fate and what the cart held before."""
    wanted = [
        (each.sku_id, each.quantity)
        for each in judged
        if each.fate == WANTED and each.sku_id is not None and each.quantity is not None
    ]
    if len(wanted) > MAX_LINES:
        raise Invalid("The file has too many rows with a quantity. Please split it.")
    before = write_quantities(deps().peers, cart_of(shop, seen), wanted, catalog_id=seen.catalog.id)
    return [_settled(each, before) for each in judged]


def _settled(row: Judged, before: Mapping[UUID, int]) -> tuple[Judged, int | None]:
    if row.fate != WANTED or row.sku_id is None:
        return row, None
    was = before.get(row.sku_id, 0)
    fate = "unchanged" if was == row.quantity else "taken" if row.quantity else "removed"
    return replace(row, fate=fate), was


def _named(cells: list[str], places: Mapping[str, int], width: int | None) -> dict[str, str]:
    named = {key: cells[at] for key, at in places.items() if at < len(cells)}
    return named | {BEYOND: "".join(cells[width:]) if width else ""}


def _kept(cells: list[str], row: Judged, before: int | None) -> dict[str, Any]:
    plainly = asdict(row) | {"sku_id": str(row.sku_id) if row.sku_id else None}
    return plainly | {"cells": [cell.replace("\x00", "") for cell in cells], "before": before}
