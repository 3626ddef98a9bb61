"""What a signed-in buyer sees of a link, at its own terms: `/shop/<token>`.

The same pages under `/app/shop/<buyer>` are the brand's catalogs for Standard Orders (R88).
"""

from uuid import UUID

from flask import Blueprint, render_template
from flask_babel import gettext as _

from catalog.deps import deps
from catalog.store.products import PAGE, ProductNotFound
from catalog.store.shelves import count_categories
from catalog.web.browsing import asked_browsing, asked_words, browsing_links
from catalog.web.shelf import read_credits, read_products
from catalog.web.storefront import (
    frame,
    open_shop,
    shown_catalog,
    shown_lookbook,
    shown_videos,
)
from catalog.web.visits import visit_of
from common.errors import NotFound

bp = Blueprint("shop", __name__, url_prefix="/shop/<token>")
MOST_FOUND = 60


class LookbookNotFound(NotFound):
    code = "lookbook_not_found"


@bp.get("")
def show_landing(token: str) -> str:
    """Show the link's catalogs, lookbooks and contacts, or what a search finds in all of them."""
    visit = visit_of(token)
    shop = open_shop(visit)
    search = asked_words("q")
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


@bp.get("/catalogs/<uuid:catalog_id>")
def show_catalog(token: str, catalog_id: UUID) -> str:
    """Show a catalog's products, each with its size × colour grid."""
    visit = visit_of(token)
    shop = open_shop(visit)
    seen = shop.catalog(catalog_id)
    browsing = asked_browsing()
    with deps().database.transaction(visit.maker_id) as session:
        found = read_products(
            session,
            shop,
            [seen],
            order=browsing.sort,
            search=browsing.q,
            category=browsing.category,
            offset=browsing.page * PAGE,
            limit=PAGE + 1,
        )
        categories = count_categories(session, catalog_id=catalog_id, search=browsing.q)
    shown, has_more = shown_catalog(shop, seen), len(found) > PAGE
    return render_template(
        "catalog/shop/catalog.html",
        **frame(shop, current=seen),
        catalog=shown,
        products=found[:PAGE],
        browsing=browsing,
        browse=browsing_links(browsing, shown["url"], categories, has_more=has_more),
        search=browsing.q,
        videos=shown_videos(visit, seen),
    )


@bp.get("/products/<uuid:catalog_id>/<uuid:product_id>")
def show_product(token: str, catalog_id: UUID, product_id: UUID) -> str:
    """Show one product with its pictures and its grid."""
    visit = visit_of(token)
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


@bp.get("/lookbooks/<uuid:lookbook_id>")
def show_lookbook(token: str, lookbook_id: UUID) -> str:
    """Show a public lookbook of the link (R149)."""
    visit = visit_of(token)
    shop = open_shop(visit)
    for book in shop.lookbooks:
        if book.id == lookbook_id and book.keys:
            with deps().database.transaction(visit.maker_id) as session:
                credited = read_credits(session, shop, book)
            return render_template(
                "catalog/shop/lookbook.html",
                **frame(shop),
                book=shown_lookbook(shop, book),
                credited=credited,
            )
    raise LookbookNotFound(_("This lookbook is not shown."), rule="R149")
