"""/buyers/<id>/…: its ways into links, its sessions, and the offer to connect."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from common.errors import Conflict, Invalid, Refusal
from common.sessions import Claims
from identity.deps import deps
from identity.store.own_buyers import get_own_buyer
from identity.usecases.end_buyer_session import end_buyer_session
from identity.usecases.invite_customer import invite_customer, withdraw_invitation
from identity.usecases.set_ways_in import remove_link_login, set_link_login, set_passcode
from identity.web.buyer_view import Said, render_buyer
from identity.web.staff import current_writer, editor_of, field_sentences
from identity.web.ways_in import checked_passcode, password_wish

bp = Blueprint("buyer_ways_in", __name__, url_prefix="/buyers/<uuid:buyer_id>")


@bp.post("/login")
def set_login(buyer_id: UUID) -> ResponseReturnValue:
    """Set e-mail and password; without a password the old one stays, or one is made."""
    staff, typed = current_writer(), request.form.to_dict()
    try:
        wish = password_wish(
            typed.get("login_password", ""),
            is_needed=bool(typed.get("login_new")) or not _has_login(staff, buyer_id),
        )
        hashed = deps().passwords.hash(wish.raw) if wish.raw else None
        with deps().database.transaction(staff.maker_id) as session:
            dead = set_link_login(
                session,
                buyer_id,
                email=typed.get("login_email", ""),
                password_hash=hashed,
                by=editor_of(staff),
            )
    except (Invalid, Conflict) as refusal:
        return _refused(staff, buyer_id, refusal)
    deps().copies.bury(dead)
    if wish.is_made and wish.raw:
        return render_buyer(staff, buyer_id, Said(once={"login_password": wish.raw}))
    flash(_("The link login is set. Sessions that the old one opened have ended."), "good")
    return redirect(f"/buyers/{buyer_id}")


@bp.post("/login/removal")
def remove_login(buyer_id: UUID) -> ResponseReturnValue:
    staff = current_writer()
    with deps().database.transaction(staff.maker_id) as session:
        dead = remove_link_login(session, buyer_id, by=editor_of(staff))
    deps().copies.bury(dead)
    flash(_("The link login opens nothing more."), "good")
    return redirect(f"/buyers/{buyer_id}")


@bp.post("/passcode")
def set_code(buyer_id: UUID) -> ResponseReturnValue:
    """Set the passcode; an empty field gets one made, which is shown in this answer only."""
    staff, typed = current_writer(), request.form.get("passcode", "")
    try:
        with deps().database.transaction(staff.maker_id) as session:
            buyer = get_own_buyer(session, buyer_id, brand_ids=staff.brand_ids)
        wish = checked_passcode(typed, unique_code=buyer.unique_code)
        hashed = deps().passwords.hash(wish.raw)
        with deps().database.transaction(staff.maker_id) as session:
            dead = set_passcode(session, buyer_id, passcode_hash=hashed, by=editor_of(staff))
    except Invalid as refusal:
        return _refused(staff, buyer_id, refusal)
    deps().copies.bury(dead)
    if wish.is_made:
        return render_buyer(staff, buyer_id, Said(once={"passcode": wish.raw}))
    flash(_("The passcode is set. Sessions that the old one opened have ended."), "good")
    return redirect(f"/buyers/{buyer_id}")


@bp.post("/passcode/removal")
def remove_code(buyer_id: UUID) -> ResponseReturnValue:
    staff = current_writer()
    with deps().database.transaction(staff.maker_id) as session:
        dead = set_passcode(session, buyer_id, passcode_hash=None, by=editor_of(staff))
    deps().copies.bury(dead)
    flash(_("The passcode opens nothing more."), "good")
    return redirect(f"/buyers/{buyer_id}")


@bp.post("/sessions/<uuid:session_id>/end")
def end_session(buyer_id: UUID, session_id: UUID) -> ResponseReturnValue:
    staff = current_writer()
    with deps().database.transaction(staff.maker_id) as session:
        dead = end_buyer_session(session, buyer_id, session_id, by=editor_of(staff))
    deps().copies.bury(dead)
    flash(_("The session has ended, on every page of every link."), "good")
    return redirect(f"/buyers/{buyer_id}")


@bp.post("/invitation")
def invite(buyer_id: UUID) -> ResponseReturnValue:
    staff, email = current_writer(), request.form.get("email", "")
    by = editor_of(staff)
    try:
        with deps().database.transaction(staff.maker_id) as session:
            get_own_buyer(session, buyer_id, brand_ids=staff.brand_ids)
            offer = invite_customer(session, buyer_id, email=email, actor=by.actor, now=by.now)
    except (Invalid, Conflict) as refusal:
        return _refused(staff, buyer_id, refusal)
    flash(_("The invitation is on its way to %(email)s.", email=offer.email), "good")
    return redirect(f"/buyers/{buyer_id}")


@bp.post("/invitation/withdrawal")
def withdraw(buyer_id: UUID) -> ResponseReturnValue:
    staff = current_writer()
    by = editor_of(staff)
    with deps().database.transaction(staff.maker_id) as session:
        get_own_buyer(session, buyer_id, brand_ids=staff.brand_ids)
        withdraw_invitation(session, buyer_id, actor=by.actor, now=by.now)
    flash(_("The invitation opens nothing more."), "good")
    return redirect(f"/buyers/{buyer_id}")


def _has_login(staff: Claims, buyer_id: UUID) -> bool:
    with deps().database.transaction(staff.maker_id) as session:
        buyer = get_own_buyer(session, buyer_id, brand_ids=staff.brand_ids)
    return buyer.login_hash is not None


def _refused(staff: Claims, buyer_id: UUID, refusal: Refusal) -> ResponseReturnValue:
    """Show the buyer again, what is wrong at its field, with what was typed but for secrets."""
    errors = field_sentences(refusal)
    if not errors:
        flash(_(refusal.detail), "bad")
        return redirect(f"/buyers/{buyer_id}")
    kept = {name: request.form.get(name, "") for name in ("login_email", "email")}
    return render_buyer(staff, buyer_id, Said(errors=errors, typed=kept)), refusal.status
