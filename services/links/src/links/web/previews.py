"""See it as…: staff chooses a buyer and a moment, and gets that very page."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from common.errors import FieldError, Invalid, NotFound
from common.local_time import LocalTimeRefused, instant_of
from common.web.local_times import refusal_words
from links.deps import deps
from links.gateways.buyers import read_buyer_name, search_buyers
from links.gateways.peers import Brand
from links.store.models import Link
from links.usecases.open_preview import open_preview
from links.web.own_link import own_link

bp = Blueprint("previews", __name__, url_prefix="/links")
LONGEST_SEARCH = 200


@bp.get("/<uuid:link_id>/preview")
def new_preview(link_id: UUID) -> str:
    """Offer the brand's buyers, searched, and a moment in the browser's own zone."""
    link, _staff, brand = own_link(link_id)
    return _page(link, brand, None)


@bp.post("/<uuid:link_id>/preview")
def create_preview(link_id: UUID) -> Response | tuple[str, int]:
    """Open the link as that buyer at that moment; no moment typed means now."""
    link, _staff, brand = own_link(link_id)
    now = deps().now()
    local = request.form.get("at", "").strip()
    try:
        zone = request.form.get("at_zone") or brand.time_zone
        at = instant_of(local, zone) if local else now
        buyer_id = _chosen_buyer(brand)
    except LocalTimeRefused as refused:
        wrong = Invalid(errors=[FieldError("at", refused.code, refusal_words(refused))])
        return _page(link, brand, wrong), wrong.status
    except Invalid as invalid:
        return _page(link, brand, invalid), invalid.status
    with deps().database.transaction(link.maker_id) as session:
        token = open_preview(session, link, buyer_id=buyer_id, at=at, now=now)
    return redirect(f"/l/{token}", HTTPStatus.SEE_OTHER)


def _chosen_buyer(brand: Brand) -> UUID:
    """Return the buyer that was chosen, who must be the brand's. Raises Invalid."""
    words = _("Choose one of the brand's buyers.")
    wrong = Invalid(words, errors=[FieldError("buyer_id", "required", words)])
    try:
        buyer_id = UUID(request.form.get("buyer_id", ""))
        read_buyer_name(deps().peers, buyer_id, brand_id=brand.id)
    except (ValueError, NotFound) as unknown:
        raise wrong from unknown
    return buyer_id


def _page(link: Link, brand: Brand, wrong: Invalid | None) -> str:
    search = request.values.get("q", "").strip()[:LONGEST_SEARCH]
    return render_template(
        "links/preview.html",
        link=link,
        brand=brand,
        search=search,
        buyers=search_buyers(deps().peers, brand.id, search),
        chosen=request.form.get("buyer_id", ""),
        at=request.form.get("at", ""),
        at_zone=request.form.get("at_zone", ""),
        errors={error.field: error.detail for error in wrong.errors} if wrong else {},
    )
