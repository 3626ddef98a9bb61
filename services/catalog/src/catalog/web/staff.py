"""The staff's pages: catalogs, products, lookbooks."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from catalog.deps import deps
from catalog.domain.text import in_language
from catalog.store.catalogs import CatalogNotFound, list_catalogs, list_lookbooks
from catalog.store.products import list_brand_products, list_products
from catalog.web.shelf import picture, shown_image
from common.errors import NotFound
from common.web.auth import current_staff
from common.web.i18n import language

bp = Blueprint("staff", __name__)
PAGE = 50


@bp.get("/catalogs")
def index_catalogs() -> str:
    """Show the brands' catalogs."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_catalogs(session, brand_ids=staff.brand_ids)
    rows = [(each, in_language(each.catalog.names, language())) for each in found]
    return render_template("staff/catalogs.html", rows=rows)


@bp.get("/catalogs/<uuid:catalog_id>")
def show_catalog(catalog_id: UUID) -> str:
    """Show one catalog and its products. Another brand's is not there."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_catalogs(session, brand_ids=staff.brand_ids, catalog_ids=[catalog_id])
        if not found:
            raise CatalogNotFound(_("There is no such catalog."))
        products = list_products(
            session,
            catalog_ids=[catalog_id],
            trade_term_id=UUID(int=0),
            currency="",
            limit=200,
        )
    shown = [
        {
            "name": in_language(each.product.names, language()),
            "number": each.product.model_number,
            "skus": len(each.skus),
            "image": shown_image(each.images[0], language()) if each.images else None,
        }
        for each in products
    ]
    catalog = found[0].catalog
    return render_template(
        "staff/catalog.html",
        catalog=catalog,
        name=in_language(catalog.names, language()),
        products=shown,
    )


@bp.get("/products")
def index_products() -> str:
    """Show the brands' products, newest first."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_brand_products(
            session, brand_ids=staff.brand_ids, before=_before(), limit=PAGE + 1
        )
    rows = [(each, in_language(each.names, language())) for each in found[:PAGE]]
    following = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template("staff/products.html", rows=rows, next_before=following)


@bp.get("/lookbooks")
def index_lookbooks() -> str:
    """Show the brands' lookbooks."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = [
            book for each in staff.brand_ids for book in list_lookbooks(session, brand_id=each)
        ]
    books = [
        {
            "name": in_language(book.names, language()),
            "status": book.status,
            "image": picture(book.keys[0]) if book.keys else None,
        }
        for book in found
    ]
    return render_template("staff/lookbooks.html", books=books)


def _before() -> UUID | None:
    text = request.args.get("before")
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise NotFound(_("There is no such page.")) from wrong
