"""The list of catalogs, and one catalog with its styles."""

from uuid import UUID

from flask import render_template, request

from catalog.deps import deps
from catalog.domain.catalog_rules import STATUSES
from catalog.store.catalogs import list_catalogs
from catalog.store.products import list_products
from catalog.web.pictures import portrait
from catalog.web.staff.own_catalog import own_catalog
from catalog.web.staff.room import bp, said
from common.web.auth import current_staff

SHOWN = 200


@bp.get("/catalogs")
def index_catalogs() -> str:
    """Show the brands' catalogs, narrowed by status and words."""
    staff = current_staff()
    search, status = request.args.get("q", "").strip(), request.args.get("status", "")
    with deps().database.transaction(staff.maker_id) as session:
        found = list_catalogs(session, brand_ids=staff.brand_ids)
    words = search.lower()
    fitting = [
        each
        for each in found
        if words in f"{each.catalog.code or ''} {' '.join(each.catalog.names.values())}".lower()
    ]
    return render_template(
        "catalog/staff/catalogs.html",
        rows=[
            (each, said(each.catalog.names))
            for each in fitting
            if status in ("", each.catalog.status)
        ],
        counts={key: sum(each.catalog.status == key for each in fitting) for key in STATUSES},
        total=len(fitting),
        search=search,
        status=status,
        now=deps().now(),
    )


@bp.get("/catalogs/<uuid:catalog_id>")
def show_catalog(catalog_id: UUID) -> str:
    """Show one catalog and its products. Another brand's is not there."""
    staff = current_staff()
    catalog = own_catalog(staff, catalog_id).catalog
    with deps().database.transaction(staff.maker_id) as session:
        products = list_products(
            session,
            catalog_ids=[catalog_id],
            trade_term_id=UUID(int=0),
            currency="",
            limit=SHOWN,
        )
    shown = [
        {
            "id": each.product.id,
            "name": said(each.product.names),
            "number": each.product.model_number,
            "skus": len(each.skus),
            "image": portrait(each.images[0].key) if each.images else None,
        }
        for each in products
    ]
    return render_template(
        "catalog/staff/catalog.html", catalog=catalog, name=said(catalog.names), products=shown
    )
