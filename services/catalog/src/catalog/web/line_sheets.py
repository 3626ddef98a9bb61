"""`…/line-sheets/<catalog>` in a shop: the catalog as a PDF, long ones in several."""

from uuid import UUID

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from catalog.domain.line_sheet import parts_of
from catalog.web.line_sheet.file import line_sheet
from catalog.web.storefront import frame, open_shop, shown_catalog
from catalog.web.visits import visit_of
from common.errors import NotFound

bp = Blueprint("line_sheets", __name__, url_prefix="/shop/<token>")


class NoSuchPart(NotFound):
    code = "line_sheet_part_not_found"


@bp.get("/line-sheets/<uuid:catalog_id>")
def show_parts(token: str, catalog_id: UUID) -> str:
    """Say in which files a long catalog comes."""
    shop = open_shop(visit_of(token))
    seen = shop.catalog(catalog_id)
    catalog = shown_catalog(shop, seen)
    return render_template(
        "catalog/shop/line_sheet.html",
        **frame(shop, current=seen),
        catalog=catalog,
        parts=parts_of(seen.products),
    )


@bp.get("/line-sheets/<uuid:catalog_id>/line-sheet.pdf")
def show_line_sheet(token: str, catalog_id: UUID) -> Response:
    """Give one file. Looking is free: view-only links and passed deadlines have it, too (R74, R97)."""
    shop = open_shop(visit_of(token))
    seen = shop.catalog(catalog_id)
    wanted = request.args.get("part", "1")
    for part in parts_of(seen.products):
        if wanted == str(part.number):
            return line_sheet(shop, seen, part)
    raise NoSuchPart(_("This line sheet has no such part."))
