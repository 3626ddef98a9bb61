"""What will go wrong with a link, for integrators."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from common.errors import Unavailable
from common.web.auth import current_staff
from links.deps import deps
from links.store.links import get_own_link
from links.store.models import Link
from links.web.preflight.shown import renew_preflight, stored_preflight

bp = Blueprint("preflight_api", __name__, url_prefix="/links", description="Pre-flight")


class FindingOut(Schema):
    """`severity`: blocks means the form refuses to save a link like this, else warns."""

    code = fields.String()
    rule = fields.String()
    severity = fields.String()
    field = fields.String(allow_none=True)
    what = fields.String()
    why = fields.String()
    cure = fields.String()
    url = fields.String()


class PreflightOut(Schema):
    """`checked_at` null: never looked at. `is_current` false: the link was saved since."""

    findings = fields.List(fields.Nested(FindingOut))
    checked_at = fields.AwareDateTime(allow_none=True)
    is_current = fields.Boolean()


@bp.get("/<uuid:link_id>/pre-flight")
@bp.response(200, PreflightOut)
def show_preflight(link_id: UUID) -> dict[str, Any]:
    """Read what was found last: when the link was saved, or in the hourly look."""
    return asdict(stored_preflight(_own(link_id)))


@bp.post("/<uuid:link_id>/pre-flight")
@bp.response(200, PreflightOut)
@bp.alt_response(503, description="Another part does not answer; what was found before stays.")
def renew(link_id: UUID) -> dict[str, Any]:
    """Look again now."""
    link = _own(link_id)
    if not renew_preflight(link):
        raise Unavailable("Not everything could be asked; what was found before stays.")
    return asdict(stored_preflight(link))


def _own(link_id: UUID) -> Link:
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        return get_own_link(session, link_id, brand_ids=staff.brand_ids)
