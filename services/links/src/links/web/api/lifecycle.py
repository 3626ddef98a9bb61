"""A link's status, and copies of it, over JSON."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from werkzeug.datastructures import Headers

from common.web.auth import current_staff, demand_write
from links.deps import deps
from links.domain.gate import Status
from links.store.links import get_own_link
from links.usecases.duplicate_link import duplicate_link
from links.usecases.save_link import ChangedMeanwhile
from links.usecases.set_status import set_status
from links.web.api.schemas import CopyIn, IfMatch, LinkOut, StatusIn
from links.web.api.shown import demanded_version, etag_of, shown, tagged

bp = Blueprint("lifecycle_api", __name__, url_prefix="/links", description="Customer Order Links")
Tagged = tuple[dict[str, Any], int, Headers]


@bp.post("/<uuid:link_id>/status")
@bp.arguments(IfMatch, location="headers", as_kwargs=True)
@bp.arguments(StatusIn)
@bp.response(200, LinkOut)
@bp.alt_response(412, description="Somebody else has saved it since you read it.")
@bp.alt_response(428, description="If-Match is missing.")
def update_status(sent: dict[str, Any], link_id: UUID, **_headers: Any) -> Tagged:
    """Set Open, Void or Deleted. Deleted is for ever: the link is not there afterwards."""
    staff = current_staff()
    demand_write(staff)
    status: Status = sent["status"]
    with deps().database.transaction(staff.maker_id) as session:
        link = get_own_link(session, link_id, brand_ids=staff.brand_ids)
        if link.version != demanded_version():
            raise ChangedMeanwhile("Somebody else has saved this link since you read it.")
        set_status(session, link_id=link_id, status=status)
        session.refresh(link)
    return tagged(link)


@bp.post("/<uuid:link_id>/duplicate")
@bp.arguments(CopyIn)
@bp.response(201, LinkOut)
def duplicate(sent: dict[str, Any], link_id: UUID) -> Tagged:
    """Make a copy under an address of its own, open, with the same passcode."""
    staff = current_staff()
    demand_write(staff)
    with deps().database.transaction(staff.maker_id) as session:
        link = get_own_link(session, link_id, brand_ids=staff.brand_ids)
        copy = duplicate_link(session, link, name=sent["name"])
        session.refresh(copy)
    return shown(copy), 201, Headers({"ETag": etag_of(copy)})
