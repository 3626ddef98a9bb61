"""Who may see a Limited catalog: buyers found, let in and taken out (R71, R72)."""

from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from catalog.deps import deps
from catalog.gateways.identity import name_buyers, search_buyers
from catalog.store.editing import list_granted, lock_catalog
from catalog.usecases.grant_access import grant_access, revoke_access
from catalog.web.staff.own_catalog import own_catalog
from catalog.web.staff.room import bp, ids_sent, said, writing_staff
from common.errors import NotFound


@bp.get("/catalogs/<uuid:catalog_id>/access")
def show_access(catalog_id: UUID) -> str:
    """Show who has access, and search for buyers to let in."""
    staff = writing_staff()
    catalog = own_catalog(staff, catalog_id).catalog
    search = request.args.get("q", "").strip()
    with deps().database.transaction(staff.maker_id) as session:
        granted = list_granted(session, catalog_id)
    peers, brand_id = deps().peers, catalog.brand_id
    named = name_buyers(peers, brand_id=brand_id, buyer_ids=granted)
    found = search_buyers(peers, brand_id=brand_id, text=search)
    return render_template(
        "catalog/staff/access.html",
        catalog=catalog,
        name=said(catalog.names),
        granted=list(named.values()),
        found=[each for each in found if each.id not in granted],
        search=search,
    )


@bp.post("/catalogs/<uuid:catalog_id>/access")
def change_access(catalog_id: UUID) -> Response:
    """Grant or revoke, for the buyers chosen. Another brand's buyer is not there."""
    staff = writing_staff()
    catalog = own_catalog(staff, catalog_id).catalog
    buyer_ids = ids_sent("buyer_ids")
    is_grant = request.form.get("action") == "grant"
    if is_grant:
        demand_buyers(catalog.brand_id, buyer_ids)
    with deps().database.transaction(staff.maker_id) as session:
        locked = lock_catalog(session, catalog_id, brand_ids=staff.brand_ids)
        (grant_access if is_grant else revoke_access)(session, locked, buyer_ids)
    return redirect(f"/catalogs/{catalog_id}/access")


def demand_buyers(brand_id: UUID, buyer_ids: list[UUID]) -> None:
    """Raise NotFound unless all of them are buyers of the brand."""
    known = name_buyers(deps().peers, brand_id=brand_id, buyer_ids=buyer_ids)
    if not set(buyer_ids) <= set(known):
        raise NotFound(_("There is no such buyer."))
