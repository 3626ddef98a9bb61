"""/team/invite and /team/invitations: who is asked onto the staff by mail (R198)."""

from contextlib import suppress
from uuid import UUID

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from common.errors import Conflict, Invalid
from common.sessions import Claims
from identity.deps import deps
from identity.domain.team import WRITER
from identity.usecases.invite_to_team import (
    TeamInvitationNotFound,
    invite_to_team,
    resend_to_team,
    withdraw_from_team,
)
from identity.web.forms import Posted, needed, read_form
from identity.web.managers import current_manager, manager_of
from identity.web.staff import field_sentences
from identity.web.team_forms import PostForm, render_post_page, typed_post

bp = Blueprint("team_invitations", __name__, url_prefix="/team")


class InvitationForm(PostForm):
    email = needed()


@bp.get("/invite")
def show_invite() -> ResponseReturnValue:
    return _invite_page(current_manager(), Posted())


@bp.post("/invite")
def invite() -> ResponseReturnValue:
    staff, form = current_manager(), read_form(InvitationForm)
    if form.errors:
        return _invite_page(staff, form), 422
    try:
        with deps().database.transaction(staff.maker_id) as session:
            manager, email = manager_of(session, staff), form.values["email"]
            invite_to_team(session, email, typed_post(form), manager=manager, now=deps().now())
    except Invalid as refusal:
        return _invite_page(staff, Posted(form.values, field_sentences(refusal))), 422
    except Conflict as refusal:
        return _invite_page(staff, Posted(form.values, {"email": str(_(refusal.detail))})), 409
    flash(_("The invitation is on its way to %(email)s.", email=email), "good")
    return redirect("/team", 303)


@bp.post("/invitations/<uuid:invitation_id>/withdrawal")
def withdraw(invitation_id: UUID) -> ResponseReturnValue:
    staff = current_manager()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        with suppress(TeamInvitationNotFound):
            withdraw_from_team(session, invitation_id, manager=manager, now=deps().now())
    flash(_("The invitation opens nothing more."), "good")
    return redirect("/team", 303)


@bp.post("/invitations/<uuid:invitation_id>/mails")
def send_again(invitation_id: UUID) -> ResponseReturnValue:
    staff = current_manager()
    with deps().database.transaction(staff.maker_id) as session:
        manager = manager_of(session, staff)
        email = resend_to_team(session, invitation_id, manager=manager, now=deps().now()).email
    flash(_("The invitation is on its way to %(email)s.", email=email), "good")
    return redirect("/team", 303)


def _invite_page(staff: Claims, form: Posted) -> str:
    given = {"role": WRITER, "has_all_brands": True, "brands": []}
    with deps().database.transaction(staff.maker_id) as session:
        return render_post_page(session, staff, form, given, template="identity/team_invite.html")
