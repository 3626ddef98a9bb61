"""`/shop/<token>`: what a signed-in buyer sees of a link, at its own terms."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from catalog.deps import deps
from catalog.store.products import PAGE, ProductNotFound
from catalog.web.shelf import read_products
from catalog.web.storefront import frame, open_shop, shown_catalog, shown_lookbook
from common.errors import NotFound
from common.web.buyer import current_visit

bp = Blueprint("shop", __name__, url_prefix="/shop")
MOST_FOUND = 60


class LookbookNotFound(NotFound):
    code = "lookbook_not_found"


@bp.get("/<token>")
def show_landing(token: str) -> str:
    """Show the link's catalogs, lookbooks and contacts, or what a search finds in all of them."""
    visit = current_visit(token)
    shop = open_shop(visit)
    search = request.args.get("q", "").replace("\x00", "").strip()
    found = []
    if search:
        with deps().database.transaction(visit.maker_id) as session:
            found = read_products(session, shop, shop.seen, search=search, limit=MOST_FOUND)
    return render_template(
        "catalog/shop/landing.html",
        **frame(shop),
        catalogs=[shown_catalog(shop, each) for each in shop.seen],
        lookbooks=[shown_lookbook(shop, book) for book in shop.lookbooks if book.keys],
        videos=visit.link["videos"],
        search=search,
        found=found,
    )


@bp.get("/<token>/catalogs/<uuid:catalog_id>")
def show_catalog(token: str, catalog_id: UUID) -> str:
    """Show a catalog's products, each with its size × colour grid."""
    visit = current_visit(token)
    shop = open_shop(visit)
    seen = shop.catalog(catalog_id)
    search = request.args.get("q", "").replace("\x00", "").strip()
    page = max(0, min(request.args.get("page", 0, type=int), 10_000))
    with deps().database.transaction(visit.maker_id) as session:
        found = read_products(
            session,
            shop,
            [seen],
            search=search,
            offset=page * PAGE,
            limit=PAGE + 1,
        )
    return render_template(
        "catalog/shop/catalog.html",
        **frame(shop, current=seen),
        catalog=shown_catalog(shop, seen),
        products=found[:PAGE],
        has_more=len(found) > PAGE,
        page=page,
        search=search,
        videos=visit.link["videos"],
    )


@bp.get("/<token>/products/<uuid:catalog_id>/<uuid:product_id>")
def show_product(token: str, catalog_id: UUID, product_id: UUID) -> str:
    """Show one product with its pictures and its grid."""
    visit = current_visit(token)
    shop = open_shop(visit)
    seen = shop.catalog(catalog_id)
    with deps().database.transaction(visit.maker_id) as session:
        found = read_products(session, shop, [seen], product_ids=[product_id])
    if not found:
        raise ProductNotFound(_("This product is not in this catalog."))
    return render_template(
        "catalog/shop/product.html",
        **frame(shop, current=seen),
        catalog=shown_catalog(shop, seen),
        product=found[0],
    )


@bp.get("/<token>/lookbooks/<uuid:lookbook_id>")
def show_lookbook(token: str, lookbook_id: UUID) -> str:
    """Show a public lookbook of the link (R149)."""
    visit = current_visit(token)
    shop = open_shop(visit)
    for book in shop.lookbooks:
        if book.id == lookbook_id and book.keys:
            shown = shown_lookbook(shop, book)
            return render_template("catalog/shop/lookbook.html", **frame(shop), book=shown)
    raise LookbookNotFound(_("This lookbook is not shown."), rule="R149")
