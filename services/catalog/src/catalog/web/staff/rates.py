"""Rates of single buyers on a catalog and its products (R59)."""

from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from catalog.deps import deps
from catalog.domain.typed_rate import read_rate
from catalog.gateways.identity import name_buyers, search_buyers
from catalog.store.models import Catalog
from catalog.store.overrides import list_overrides_of
from catalog.store.products import ProductNotFound, list_products
from catalog.usecases.set_rate import RateWish
from catalog.usecases.set_rate import remove_rate as take_rate
from catalog.usecases.set_rate import set_rate as put_rate
from catalog.web.staff.access import demand_buyers
from catalog.web.staff.own_catalog import own_catalog
from catalog.web.staff.room import bp, errors_of, ids_sent, said, writing_staff
from common.errors import FieldError, Invalid

MOST = 2000
EVERYWHERE = "everywhere"


@bp.get("/catalogs/<uuid:catalog_id>/rates")
def show_rates(catalog_id: UUID) -> str:
    """Show the buyers' own rates here, and the form for another."""
    return _show(own_catalog(writing_staff(), catalog_id).catalog)


@bp.post("/catalogs/<uuid:catalog_id>/rates")
def set_rate(catalog_id: UUID) -> Response | tuple[str, int]:
    """Set one buyer's rate: for the catalog, a product in it, or a product in every catalog."""
    staff = writing_staff()
    catalog = own_catalog(staff, catalog_id).catalog
    sent = request.form
    try:
        buyer_ids = ids_sent("buyer_id")
        if len(buyer_ids) != 1:
            wrong = FieldError("buyer_id", "required", "Choose a buyer.")
            raise Invalid("Some fields are not right.", errors=[wrong])
        value = read_rate(sent.get("kind", ""), sent.get("value", ""))
    except Invalid as wrong_fields:
        return _show(catalog, wrong_fields), wrong_fields.status
    demand_buyers(catalog.brand_id, buyer_ids)
    wish = RateWish(
        buyer_id=buyer_ids[0],
        product_id=_product_id(sent.get("product_id", "")),
        is_everywhere=sent.get("scope") == EVERYWHERE,
        kind=sent["kind"],
        value=value,
    )
    with deps().database.transaction(catalog.maker_id) as session:
        put_rate(session, catalog, wish)
    return redirect(f"/catalogs/{catalog_id}/rates")


@bp.post("/catalogs/<uuid:catalog_id>/rates/<uuid:override_id>/removal")
def remove_rate(catalog_id: UUID, override_id: UUID) -> Response:
    """Take a rate away, so that the next one of R59 applies."""
    catalog = own_catalog(writing_staff(), catalog_id).catalog
    with deps().database.transaction(catalog.maker_id) as session:
        take_rate(session, catalog, override_id)
    return redirect(f"/catalogs/{catalog_id}/rates")


def _show(catalog: Catalog, wrong: Invalid | None = None) -> str:
    search = request.args.get("q", "").strip()
    products = _products(catalog.id, catalog.maker_id)
    with deps().database.transaction(catalog.maker_id) as session:
        rows = list_overrides_of(
            session, catalog_id=catalog.id, product_ids=[each[0] for each in products]
        )
    peers, brand_id = deps().peers, catalog.brand_id
    named = name_buyers(peers, brand_id=brand_id, buyer_ids={row.buyer_id for row in rows})
    titles = dict(products)
    return render_template(
        "catalog/staff/rates.html",
        catalog=catalog,
        name=said(catalog.names),
        rows=[
            {
                "id": row.id,
                "buyer": named[row.buyer_id].name,
                "product": titles.get(row.product_id) if row.product_id else None,
                "is_everywhere": row.catalog_id is None,
                "kind": row.kind,
                "value": f"{row.value.normalize():f}",
            }
            for row in rows
            if row.buyer_id in named
        ],
        buyers=search_buyers(peers, brand_id=brand_id, text=search),
        products=products,
        search=search,
        sent=request.form,
        errors=errors_of(wrong),
    )


def _products(catalog_id: UUID, maker_id: UUID | None) -> list[tuple[UUID, str]]:
    with deps().database.transaction(maker_id) as session:
        found = list_products(
            session,
            catalog_ids=[catalog_id],
            trade_term_id=UUID(int=0),
            currency="",
            limit=MOST,
        )
    return [
        (each.product.id, f"{each.product.model_number} {said(each.product.names)}")
        for each in found
    ]


def _product_id(text: str) -> UUID | None:
    """Return the chosen product's id; None for the whole catalog. Raises ProductNotFound."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise ProductNotFound(_("There is no such product.")) from None
