"""`…/sheets/<catalog>` in a shop: a catalog as a file to fill in, and what became of its rows."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from catalog.deps import deps
from catalog.store.order_sheets import get_sheet
from catalog.usecases.see_catalogs import SeenCatalog
from catalog.web.order_sheet.fates import counts_of, note_words, shown_rows, status_words
from catalog.web.order_sheet.files import ENCODINGS, empty_sheet, filled_sheet
from catalog.web.order_sheet.reading import MAX_FILE_BYTES, fill_cart
from catalog.web.storefront import Shop, frame, open_shop, shown_catalog
from catalog.web.visits import visit_of
from common.errors import Forbidden, Invalid
from common.web.bodies import takes_up_to
from common.web.buyer import Visit

bp = Blueprint("order_sheets", __name__, url_prefix="/shop/<token>")
PAGE = 200
GROUPS = ("refused", "taken", "same")


class NoOrderSheets(Forbidden):
    """A view-only link takes no orders, hence has no sheet to fill in."""

    code = "view_only"
    rule = "R95"


def _visitor() -> Visit:
    return visit_of(str((request.view_args or {})["token"]))


@bp.get("/sheets/<uuid:catalog_id>")
def show_sheet(token: str, catalog_id: UUID) -> str:
    """Offer the catalog as a file, and take the filled one."""
    return _page(*_opened(token, catalog_id))


@bp.get("/sheets/<uuid:catalog_id>/order-sheet.<any(xlsx, csv):kind>")
def download_sheet(token: str, catalog_id: UUID, kind: str) -> Response | tuple[str, int]:
    """Give the catalog at the buyer's terms, one row per SKU, with what the cart holds."""
    shop, seen = _opened(token, catalog_id)
    encoding = request.args.get("encoding", "")
    try:
        return empty_sheet(shop, seen, kind, encoding if encoding in ENCODINGS else "utf-8-bom")
    except Invalid as wrong:
        return _page(shop, seen, wrong), wrong.status


@bp.post("/sheets/<uuid:catalog_id>")
@takes_up_to(MAX_FILE_BYTES, of=_visitor)
def upload_sheet(token: str, catalog_id: UUID) -> BaseResponse | tuple[str, int]:
    """Put the file's quantities into the cart; then show every row's fate."""
    shop, seen = _opened(token, catalog_id)
    try:
        sheet = fill_cart(shop, seen, request.files.get("file"))
    except Invalid as wrong:
        return _page(shop, seen, wrong), wrong.status
    return redirect(f"{_url(shop, catalog_id)}/{sheet.id}", code=303)


@bp.get("/sheets/<uuid:catalog_id>/<uuid:sheet_id>")
def show_filled(token: str, catalog_id: UUID, sheet_id: UUID) -> str:
    """Show what became of each row of a filled sheet; another buyer's is not there."""
    shop, seen = _opened(token, catalog_id)
    sheet = _own(shop, catalog_id, sheet_id)
    group = request.args.get("rows") if request.args.get("rows") in GROUPS else None
    page = max(0, min(request.args.get("page", 0, type=int), 10_000))
    rows = shown_rows(sheet, group)
    return render_template(
        "catalog/shop/order_sheet_filled.html",
        **frame(shop, current=seen),
        catalog=shown_catalog(shop, seen),
        sheet=sheet,
        sheet_url=_url(shop, catalog_id),
        counts=counts_of(sheet),
        group=group,
        rows=rows[page * PAGE : (page + 1) * PAGE],
        page=page,
        has_more=len(rows) > (page + 1) * PAGE,
    )


@bp.get("/sheets/<uuid:catalog_id>/<uuid:sheet_id>/result.<any(xlsx, csv):kind>")
def download_filled(token: str, catalog_id: UUID, sheet_id: UUID, kind: str) -> Response:
    """Give the filled file back with a result and a note in each row."""
    shop, _seen = _opened(token, catalog_id)
    return filled_sheet(_own(shop, catalog_id, sheet_id), kind, status_words, note_words)


def _opened(token: str, catalog_id: UUID) -> tuple[Shop, SeenCatalog]:
    """Return the shop and the catalog that the buyer sees. Raises NoOrderSheets, CatalogNotFound."""
    shop = open_shop(visit_of(token))
    if not shop.has_cart:
        raise NoOrderSheets(_("This link is for looking only; it takes no orders."))
    return shop, shop.catalog(catalog_id)


def _own(shop: Shop, catalog_id: UUID, sheet_id: UUID) -> Any:
    visit = shop.visit
    with deps().database.transaction(visit.maker_id) as session:
        return get_sheet(
            session,
            sheet_id,
            buyer_id=visit.buyer_id,
            link_id=visit.link_id,
            catalog_id=catalog_id,
        )


def _page(shop: Shop, seen: SeenCatalog, refusal: Invalid | None = None) -> str:
    return render_template(
        "catalog/shop/order_sheet.html",
        **frame(shop, current=seen),
        catalog=shown_catalog(shop, seen),
        sheet_url=_url(shop, seen.catalog.id),
        refusal=refusal,
        max_mib=MAX_FILE_BYTES // 2**20,
    )


def _url(shop: Shop, catalog_id: UUID) -> str:
    return f"{shop.base_url}/sheets/{catalog_id}"
