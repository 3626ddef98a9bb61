"""A catalog's products: sorted by hand, added from a search, taken out."""

from uuid import UUID

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from catalog.deps import deps
from catalog.store.editing import list_product_ids, lock_catalog
from catalog.store.models import Product
from catalog.store.products import Parts, list_brand_products, list_parts, list_products
from catalog.usecases.arrange_products import (
    add_products,
    arrange_products,
    move_product,
    remove_product,
)
from catalog.web.staff.own_catalog import own_catalog
from catalog.web.staff.room import bp, first_image, ids_sent, said, writing_staff
from common.errors import NotFound

MOST, FOUND = 2000, 24


@bp.get("/catalogs/<uuid:catalog_id>/products")
def show_products(catalog_id: UUID) -> str:
    """Show the catalog's products in their order, and the brand's others to add."""
    staff = writing_staff()
    catalog = own_catalog(staff, catalog_id).catalog
    search = request.args.get("q", "").strip()
    with deps().database.transaction(staff.maker_id) as session:
        there = list_products(
            session,
            catalog_ids=[catalog_id],
            trade_term_id=UUID(int=0),
            currency="",
            limit=MOST,
        )
        known = set(list_product_ids(session, catalog_id))
        others = list_brand_products(
            session, brand_ids=[catalog.brand_id], search=search, without=known, limit=FOUND
        )
        parts = list_parts(session, product_ids=[each.id for each in others])
    return render_template(
        "catalog/staff/catalog_products.html",
        catalog=catalog,
        name=said(catalog.names),
        chosen=[_shown(each.product, Parts(list(each.skus), list(each.images))) for each in there],
        others=[_shown(each, parts[each.id]) for each in others],
        search=search,
    )


@bp.post("/catalogs/<uuid:catalog_id>/products")
def arrange(catalog_id: UUID) -> Response:
    """Save the order as sent; `up`, `down` and `remove` name one product and work without script."""
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        catalog = lock_catalog(session, catalog_id, brand_ids=staff.brand_ids)
        arrange_products(session, catalog, ids_sent("product_ids"))
        for name, by in (("up", -1), ("down", 1)):
            if name in request.form:
                move_product(session, catalog, _one(name), by=by)
        if "remove" in request.form:
            remove_product(session, catalog, _one("remove"))
    return redirect(f"/catalogs/{catalog_id}/products")


@bp.post("/catalogs/<uuid:catalog_id>/products/add")
def add(catalog_id: UUID) -> Response:
    """Add the chosen products at the end."""
    staff = writing_staff()
    chosen = ids_sent("product_ids")
    with deps().database.transaction(staff.maker_id) as session:
        catalog = lock_catalog(session, catalog_id, brand_ids=staff.brand_ids)
        add_products(session, catalog, chosen)
    _say_added(len(chosen))
    return redirect(f"/catalogs/{catalog_id}/products")


def _say_added(count: int) -> None:
    if count:
        flash(ngettext("%(num)s product is added.", "%(num)s products are added.", count), "good")
    else:
        flash(_("Choose at least one product to add."), "warn")


def _one(name: str) -> UUID:
    ids = ids_sent(name)
    if len(ids) != 1:
        raise NotFound(_("One of the choices is not there."))
    return ids[0]


def _shown(product: Product, parts: Parts) -> dict[str, object]:
    return {
        "id": product.id,
        "name": said(product.names),
        "number": product.model_number,
        "image": first_image(parts),
    }
