"""/orders/audit: who changed rates, payment, NEXT ENGINE and orders, for owners; and its API."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_smorest import Blueprint as ApiBlueprint

from checkout.deps import deps
from common.audit import FoundEntries, search_audit
from common.sessions import Claims
from common.web.audit import AuditIn, AuditListOut, AuditQuery, audit_search, next_url
from common.web.auth import current_staff, demand_owner

bp = Blueprint("audit", __name__, url_prefix="/orders/audit")
api_bp = ApiBlueprint("api_audit", __name__, url_prefix="/audit", description="Audit log")
KINDS = ("order", "rate_group", "card_payment", "next_engine")


@bp.get("")
def show_log() -> str:
    staff = _owner()
    asked = AuditIn().load({name: value for name, value in request.args.items() if value})
    found = _found(asked, staff)
    return render_template(
        "checkout/audit.html",
        rows=found.rows,
        asked=asked,
        kinds=KINDS,
        next_url=next_url("/orders/audit", asked, found.next_after),
    )


@api_bp.get("")
@api_bp.arguments(AuditQuery, location="query")
@api_bp.response(200, AuditListOut)
def list_entries(query: dict[str, Any]) -> dict[str, Any]:
    """List who changed what here, newest first; for owners."""
    found = _found(query, _owner())
    return {"entries": found.rows, "next_after": found.next_after}


def _owner() -> Claims:
    staff = current_staff()
    demand_owner(staff)
    return staff


def _found(asked: dict[str, Any], staff: Claims) -> FoundEntries:
    with deps().database.transaction(staff.maker_id) as session:
        return search_audit(session, audit_search(asked, staff))
