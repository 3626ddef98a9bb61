"""The files of an order sheet: empty ones to fill in, and a filled one given back with its fates."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from flask import Response
from flask_babel import force_locale
from flask_babel import gettext as _

from catalog.deps import deps
from catalog.domain.order_sheet.columns import COLUMNS, KEYS, RESULTS, plain
from catalog.gateways.carts import CartOf, read_quantities
from catalog.store.order_sheet_models import OrderSheet
from catalog.usecases.list_offer import Offered, list_offer
from catalog.usecases.see_catalogs import SeenCatalog
from catalog.web.order_sheet.workbook import Sheet, order_workbook
from catalog.web.storefront import Shop
from common.errors import Invalid
from common.tables import CSV, XLSX, CannotEncode, csv_chunks, xlsx_bytes
from common.translations import LANGUAGES
from common.web.i18n import language

ENCODINGS = {"utf-8-bom": "utf-8-sig", "utf-8": "utf-8", "cp932": "cp932"}


def cart_of(shop: Shop, seen: SeenCatalog) -> CartOf:
    """Return whose cart the page of this catalog fills."""
    visit = shop.visit
    return CartOf(
        maker_id=visit.maker_id,
        brand_id=visit.brand_id,
        buyer_id=visit.buyer_id,
        link_id=visit.link_id,
        catalog_id=None if visit.link_id else seen.catalog.id,
    )


def empty_sheet(shop: Shop, seen: SeenCatalog, kind: str, encoding: str) -> Response:
    """Return the catalog to be filled in, with what the cart holds already; xlsx or csv."""
    with deps().database.transaction(shop.visit.maker_id) as session:
        offer = list_offer(
            session,
            catalog_id=seen.catalog.id,
            buyer_id=shop.visit.buyer_id,
            terms=shop.buyer.terms,
        )
    quantities: dict[UUID, int] = {}
    if not shop.visit.preview:
        quantities = read_quantities(deps().peers, cart_of(shop, seen), catalog_id=seen.catalog.id)
    spoken = shop.buyer.terms.language.partition("-")[0]
    with force_locale(spoken if spoken in LANGUAGES else LANGUAGES[0]):
        sheet = _sheet(shop, seen, offer, quantities, spoken)
    name = f"order-sheet-{seen.catalog.code or 'catalog'}"
    if kind == "xlsx":
        return attachment(order_workbook(sheet), XLSX, f"{name}.xlsx")
    rows = [_texts(row, quantities.get(row.sku_id)) for row in offer]
    return attachment(_csv(sheet.headers[:-1], rows, ENCODINGS[encoding]), CSV, f"{name}.csv")


def filled_sheet(
    found: OrderSheet, kind: str, status: Callable[[str], str], note: Callable[[Any], str]
) -> Response:
    """Return the file as it came with a result and a note in each row; what it had of these goes."""
    above, names = found.head[:-1], found.head[-1]
    old = {at for at, name in enumerate(names) if KEYS.get(plain(name)) in ("status", "note")}
    width = max(map(len, [*found.head, *(row["cells"] for row in found.rows)]))

    def own(cells: list[str]) -> list[str]:
        padded = [*cells, *[""] * (width - len(cells))]
        return [cell for at, cell in enumerate(padded) if at not in old]

    titles = [each.title(language()) for each in RESULTS]
    rows = [
        [*own(row["cells"]), status(row["fate"]) if row["fate"] != "empty" else "", note(row)]
        for row in found.rows
    ]
    named = [*own(names), *titles]
    lines = [*map(own, above), named, *rows]
    name = found.file_name.rpartition(".")[0] or "order-sheet"
    if kind == "xlsx":
        return attachment(xlsx_bytes(lines[0], lines[1:]), XLSX, f"{name}-result.xlsx")
    return attachment(_csv(lines[0], lines[1:], "utf-8-sig"), CSV, f"{name}-result.csv")


def attachment(content: bytes, mime: str, name: str) -> Response:
    """Return the file to save under that name, in whatever script it is."""
    reply = Response(content, content_type=mime)
    plain_name = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name)
    reply.headers.set("Content-Disposition", "attachment", filename=plain_name)
    reply.headers["Cache-Control"] = "private, no-store"
    return reply


def _sheet(
    shop: Shop, seen: SeenCatalog, offer: list[Offered], quantities: dict[UUID, int], spoken: str
) -> Sheet:
    terms = shop.buyer.terms
    return Sheet(
        title=f"{shop.brand.name} · {terms.words(seen.catalog.names)}",
        lines=(
            _("For %(buyer)s. Prices in %(currency)s, without tax.", buyer=shop.buyer.name, currency=terms.currency),
            _("Fill in the yellow cells and bring the file back to the page of the order sheet."),
            _("0 takes a line out of the cart; an empty cell changes nothing."),
        ),
        headers=tuple(each.title(spoken) for each in COLUMNS),
        rows=offer,
        quantities=quantities,
        currency=terms.currency,
        total=_("Total"),
        wrong_quantity=_("A quantity is a whole number."),
    )  # fmt: skip


def _texts(row: Offered, quantity: int | None) -> list[str]:
    price = row.price
    return [
        row.product,
        row.model_number,
        row.sku_number,
        row.colour,
        row.size,
        str(price.decimal) if price else "",
        price.currency if price else "",
        str(row.minimum or ""),
        str(row.multiple or ""),
        str(quantity) if quantity else "",
    ]


def _csv(headers: Sequence[str], rows: Iterable[Sequence[str]], encoding: str) -> bytes:
    try:
        return b"".join(csv_chunks(headers, rows, encoding=encoding))
    except CannotEncode as missing:
        words = _(
            "Shift_JIS cannot write every letter of this catalog. Please take Excel or UTF-8."
        )
        raise Invalid(words, code=missing.code) from missing
