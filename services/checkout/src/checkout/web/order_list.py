"""The staff's orders, all of them: search, filters, how each was delivered, bulk retry, export."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from checkout.deps import deps
from checkout.store.order_search import search_orders
from checkout.web.deliveries import deliveries_of
from checkout.web.order_export import export_response
from checkout.web.order_filters import filters_in, wanted_by
from checkout.web.order_view import brand_names
from checkout.web.retrying import FAILED, retry_failed
from checkout.web.words import state_words
from common.errors import NotFound
from common.web.auth import OWNERS, current_staff, demand_write

bp = Blueprint("order_list", __name__, url_prefix="/orders")
MOST_AT_ONCE = 100


@bp.get("")
def list_staff_orders() -> str:
    """List the orders of the staff member's brands, newest first."""
    staff, filters = current_staff(), filters_in(request.args)
    wanted = wanted_by(filters, staff.brand_ids)
    before, after = (request.args.get(name, type=UUID) for name in ("before", "after"))
    with deps().database.transaction(staff.maker_id) as session:
        page = search_orders(session, replace(wanted, before=before, after=after))
    return render_template(
        "checkout/orders.html",
        orders=page.orders,
        deliveries=deliveries_of(page.orders, maker_id=staff.maker_id),
        failed=FAILED,
        filters=filters,
        is_filtered=wanted.is_filtered or bool(filters["brand"]),
        brand_names=brand_names(staff.brand_ids),
        previous_url=url_for(HERE, after=page.newer, **_given(filters)) if page.newer else None,
        next_url=url_for(HERE, before=page.older, **_given(filters)) if page.older else None,
        csv_url=url_for("order_list.export_orders", kind="csv", **_given(filters)),
        xlsx_url=url_for("order_list.export_orders", kind="xlsx", **_given(filters)),
        state_words=state_words,
        is_owner=staff.role in OWNERS,
    )


@bp.post("/retries")
def create_retries() -> Response:
    """Try what failed of the ticked orders again; ten presses are one delivery."""
    staff = current_staff()
    demand_write(staff)
    ids = [each for each in request.form.getlist("order_id", type=UUID)[:MOST_AT_ONCE] if each]
    tried = retry_failed(ids, staff)
    said = ngettext("%(num)s order is tried again.", "%(num)s orders are tried again.", tried)
    flash(said if tried else _("None of these orders had failed."), "good" if tried else "warn")
    return redirect(url_for(HERE, **_given(filters_in(request.form))), code=303)


@bp.get("/export.<kind>")
def export_orders(kind: str) -> Response:
    """Give the filtered orders with their lines as rows, as CSV or Excel."""
    if kind not in ("csv", "xlsx"):
        raise NotFound("There is no such file.")
    staff = current_staff()
    wanted = wanted_by(filters_in(request.args), staff.brand_ids)
    return export_response(wanted, kind=kind, maker_id=staff.maker_id)


HERE = "order_list.list_staff_orders"


def _given(filters: dict[str, str]) -> dict[str, Any]:
    return {name: value for name, value in filters.items() if value}
