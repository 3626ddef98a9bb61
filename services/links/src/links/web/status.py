"""Status Update: Open, Void, Deleted."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from common.errors import FieldError, Invalid
from common.web.auth import current_staff, demand_write
from links.deps import deps
from links.domain.gate import Status
from links.store.links import LinkNotFound, get_link
from links.usecases.set_status import set_status

bp = Blueprint("status", __name__, url_prefix="/links")


@bp.post("/<uuid:link_id>/status")
def update_status(link_id: UUID) -> Response:
    """Set the status; Deleted asks for the link's name, since nothing brings it back."""
    staff = current_staff()
    demand_write(staff)
    status = _status(request.form.get("status", ""))
    with deps().database.transaction(staff.maker_id) as session:
        link = get_link(session, link_id)
        if link.brand_id not in staff.brand_ids:
            raise LinkNotFound(_("There is no such link."))
        if status is Status.DELETED and request.form.get("name", "").strip() != link.name:
            words = _("Type the link's name to delete it for ever.")
            raise Invalid(words, errors=[FieldError("name", "confirm", words)])
        set_status(session, link_id=link_id, status=status)
    flash(_("The status is changed."), "good")
    return redirect("/links")


def _status(text: str) -> Status:
    try:
        return Status(text)
    except ValueError as wrong:
        words = _("Choose Open, Void or Deleted.")
        raise Invalid(words, errors=[FieldError("status", "unknown", words)]) from wrong
