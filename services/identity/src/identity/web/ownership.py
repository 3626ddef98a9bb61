"""/buyers/<id>/…: what staff does about a moved buyer: undo the move, send the claim again."""

from uuid import UUID

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from common.errors import Conflict
from common.sessions import Claims
from common.web.actors import actor_of, current_person
from common.web.auth import demand_write
from identity.deps import deps
from identity.domain.claim import AlreadyClaimed
from identity.domain.email import is_email, normal
from identity.store.buyers import BuyerNotFound, find_buyer
from identity.usecases.resend_claim import resend_claim
from identity.usecases.undo_transition import NothingToUndo, undo_transition
from identity.web.forms import read_form

bp = Blueprint("ownership", __name__, url_prefix="/buyers/<uuid:buyer_id>")


class ClaimForm(Schema):
    email = fields.String(load_default="")


@bp.post("/undoing")
def undo(buyer_id: UUID) -> ResponseReturnValue:
    staff = _writer()
    try:
        with deps().database.transaction(staff.maker_id) as session:
            _demand_own(session, staff, buyer_id)
            undo_transition(session, buyer_id, actor=actor_of(staff), now=deps().now())
        flash(
            _("The buyer is offline again. Its orders stay; the claim opens nothing more."), "good"
        )
    except Conflict as refusal:
        flash(_words(refusal), "bad")
    return redirect(f"/buyers/{buyer_id}")


@bp.post("/claims")
def send_again(buyer_id: UUID) -> ResponseReturnValue:
    staff, email = _writer(), normal(read_form(ClaimForm).values.get("email", ""))
    if email and not is_email(email):
        flash(_("Please give a complete email address."), "bad")
        return redirect(f"/buyers/{buyer_id}")
    try:
        with deps().database.transaction(staff.maker_id) as session:
            _demand_own(session, staff, buyer_id)
            claim = resend_claim(
                session, buyer_id, email=email or None, actor=actor_of(staff), now=deps().now()
            )
        _say_sent(claim.email)
    except Conflict as refusal:
        flash(_words(refusal), "bad")
    return redirect(f"/buyers/{buyer_id}")


def _writer() -> Claims:
    staff = current_person()
    demand_write(staff)
    return staff


def _demand_own(session: Session, staff: Claims, buyer_id: UUID) -> None:
    """Raise BuyerNotFound for a buyer of a brand that this member does not see (R203)."""
    buyer = find_buyer(session, buyer_id)
    if buyer is None or buyer.brand_id not in staff.brand_ids:
        raise BuyerNotFound


def _say_sent(email: str | None) -> None:
    if email:
        flash(
            _(
                "The claim is on its way to %(email)s. The one before opens nothing more.",
                email=email,
            ),
            "good",
        )
    else:
        flash(_("There is still no address to send the claim to."), "warn")


def _words(refusal: Conflict) -> str:
    if isinstance(refusal, AlreadyClaimed):
        return str(_("The customer was first: it has taken over the buyer already."))
    if isinstance(refusal, NothingToUndo):
        return str(_("There is no open transition of this buyer."))
    return refusal.detail
