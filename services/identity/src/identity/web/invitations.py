"""/account/invitations/<token>: an invitation is looked at, and accepted by a button."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session

from common.errors import Gone, Unauthorized
from common.web.auth import current_session
from identity.deps import deps
from identity.store.models import OrganisationInvitation, TeamInvitation, User
from identity.store.organisations import list_own
from identity.store.users import get_user
from identity.usecases.accept_offer import accept_offer
from identity.usecases.find_invitation import InvitationView, find_invitation
from identity.usecases.join import join_organisation, join_team
from identity.web.admission import let_in
from identity.web.forms import read_form
from identity.web.over import tell_over

bp = Blueprint("invitations", __name__, url_prefix="/account/invitations")
bp.register_error_handler(Gone, tell_over)
NEW = "new"


class OfferForm(Schema):
    home = fields.String(load_default="")
    name = fields.String(load_default="", validate=validate.Length(max=120))


@bp.get("/<token>")
def show_invitation(token: str) -> ResponseReturnValue:
    return _page(token)


@bp.post("/<token>")
def accept(token: str) -> ResponseReturnValue:
    user_id = _signed_in()
    if user_id is None:
        raise Unauthorized("Please sign in with your user account.")
    with deps().database.transaction() as session:
        view = find_invitation(session, token, now=deps().now())
    if view.what == "brand":
        return _accept_offer(token, view, user_id)
    with deps().database.transaction() as session:
        view = find_invitation(session, token, now=deps().now())
        _join(session, view, get_user(session, user_id))
    flash(_("Welcome to %(name)s.", name=view.from_name), "good")
    # A session that began as a customer's becomes one of staff: a new one, whose rights are whole.
    if view.what == "team":
        return let_in(user_id, wish="/links", link_token=None)
    return redirect("/app", 303)


def _join(session: Session, view: InvitationView, user: User) -> None:
    if isinstance(view.row, OrganisationInvitation):
        join_organisation(session, view.row, user, now=deps().now())
    elif isinstance(view.row, TeamInvitation):
        join_team(session, view.row, user, now=deps().now())


def _accept_offer(token: str, view: InvitationView, user_id: UUID) -> ResponseReturnValue:
    """Connect the offered buyer to one of the user's organisations, or to a new one."""
    form = read_form(OfferForm)
    with deps().database.transaction() as session:
        homes = {str(o.organisation.id) for o in list_own(session, user_id) if o.is_owner}
    home, name = form.values.get("home", ""), form.values.get("name", "").strip()
    if form.errors or home not in {NEW, *homes}:
        return _page(token, errors={"home": _("Please choose one.")})
    if home == NEW and not name:
        return _page(token, home=home, errors={"name": _("Please fill this in.")})
    with deps().database.transaction(view.maker_id) as session:
        dead = accept_offer(
            session,
            view.id,
            user_id=user_id,
            organisation=name if home == NEW else UUID(home),
            now=deps().now(),
        )
    deps().copies.bury(dead)
    flash(_("%(brand)s is connected with your organization.", brand=view.from_name), "good")
    return redirect("/app", 303)


def _signed_in() -> UUID | None:
    try:
        return current_session().user_id
    except Unauthorized:
        return None


def _page(
    token: str, *, errors: dict[str, str] | None = None, home: str | None = None
) -> ResponseReturnValue:
    user_id = _signed_in()
    with deps().database.transaction() as session:
        user = get_user(session, user_id) if user_id else None
        homes = [own for own in list_own(session, user_id) if own.is_owner] if user_id else []
        view = find_invitation(session, token, now=deps().now())
    shown: dict[str, Any] = {"view": view, "user": user, "homes": homes, "home": home}
    page = render_template("identity/invitation.html", token=token, errors=errors or {}, **shown)
    return page, 422 if errors else 200
