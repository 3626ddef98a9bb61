"""/notifications/recipients: who hears of new orders, and which mails a brand sends at all."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from common.errors import Conflict, Invalid, Malformed
from common.web.auth import WRITERS, current_staff
from notifications.deps import deps
from notifications.domain.kinds import WITH_SWITCH
from notifications.domain.recipients import MOST_PER_BRAND
from notifications.domain.roles import is_manager
from notifications.gateways.brands import read_brands
from notifications.store.recipients import get_recipient, list_recipients
from notifications.store.switches import list_switched_off
from notifications.usecases.add_recipient import add_recipient
from notifications.usecases.put_switch import put_switch
from notifications.web.viewer import writer_for

bp = Blueprint("recipients", __name__, url_prefix="/notifications/recipients")


@bp.get("")
def index_recipients() -> ResponseReturnValue:
    return _page()


@bp.post("")
def create_recipient() -> ResponseReturnValue:
    """Add an address; what was typed stays when it is refused."""
    brand_id = _brand_id()
    staff = writer_for(brand_id)
    email, language = request.form.get("email", ""), request.form.get("language", "")
    try:
        with deps().database.transaction(staff.maker_id) as session:
            add_recipient(
                session,
                maker_id=staff.maker_id,  # type: ignore[arg-type]
                brand_id=brand_id,
                email=email,
                language=language,
            )
    except (Invalid, Conflict) as refusal:
        words = refusal.errors[0].detail if refusal.errors else refusal.detail
        return _page(wrong=(brand_id, email, language, _(words))), refusal.status
    flash(_("The address was added."), "good")
    return redirect(url_for(".index_recipients"))


@bp.post("/<uuid:recipient_id>/removal")
def remove_recipient(recipient_id: UUID) -> ResponseReturnValue:
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        recipient = get_recipient(session, recipient_id)
        writer_for(recipient.brand_id)
        session.delete(recipient)
    flash(_("The address was removed."), "good")
    return redirect(url_for(".index_recipients"))


@bp.post("/switches")
def save_switches() -> ResponseReturnValue:
    """Save all switches of one brand."""
    brand_id = _brand_id()
    if brand_id is None:
        raise Malformed(_("Which brand is missing."))
    staff = writer_for(brand_id)
    with deps().database.transaction(staff.maker_id) as session:
        for kind in WITH_SWITCH:
            put_switch(
                session,
                maker_id=staff.maker_id,  # type: ignore[arg-type]
                brand_id=brand_id,
                kind=kind,
                is_on=request.form.get(kind) == "yes",
            )
    flash(_("Saved."), "good")
    return redirect(url_for(".index_recipients"))


def _page(wrong: tuple[UUID | None, str, str, str] | None = None) -> str:
    staff = current_staff()
    brands = read_brands(deps().peers, staff.brand_ids)
    with deps().database.transaction(staff.maker_id) as session:
        rows = {each.brand_id: list_recipients(session, brand_id=each.brand_id) for each in brands}
        off = {each.brand_id: list_switched_off(session, brand_id=each.brand_id) for each in brands}
    makers = [row for each in list(rows.values())[:1] for row in each if row.brand_id is None]
    return render_template(
        "notifications/recipients.html",
        own_brands=brands,
        own={key: [row for row in found if row.brand_id] for key, found in rows.items()},
        makers=makers,
        off=off,
        switches=WITH_SWITCH,
        most=MOST_PER_BRAND,
        wrong=wrong,
        can_write=staff.role in WRITERS,
        is_manager=is_manager(staff.role),
    )


def _brand_id() -> UUID | None:
    """Return the brand that the form is about; an empty field is the maker."""
    text = request.form.get("brand_id", "")
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise Malformed(_("Which brand is missing.")) from wrong
