"""The pre-flight's panel on the link's page: renewed by a POST, for a GET changes nothing."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from links.web.own_link import own_link
from links.web.preflight.shown import renew_preflight, stored_preflight

bp = Blueprint("preflight", __name__, url_prefix="/links")


@bp.post("/<uuid:link_id>/pre-flight")
def renew(link_id: UUID) -> str | Response:
    """Look again; answer with the panel (the page's script asks when it opens), or the whole page."""
    link, _staff, _brand = own_link(link_id)
    has_failed = not renew_preflight(link)
    if "HX-Request" not in request.headers:
        return redirect(f"/links/{link.id}/edit#pre-flight", code=303)
    shown = stored_preflight(link, has_failed=has_failed)
    return render_template("links/_preflight.html", link=link, preflight=shown, is_renewing=False)
