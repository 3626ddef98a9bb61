"""/account: who is signed in, where else, with what password; and the way out."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session

from common.errors import Unauthorized
from common.sessions import Claims, hash_of
from common.translations import LANGUAGES
from common.web.auth import current_user
from common.web.security import delete_cookie
from identity.deps import deps
from identity.store.brands import act_for_brand, get_brand
from identity.store.own_sessions import (
    OwnSession,
    delete_own_session,
    delete_sessions_of_user,
    list_own_sessions,
)
from identity.store.sessions import delete_session
from identity.store.users import get_user, list_organisations, lock_user
from identity.web.callers import session_token
from identity.web.forms import Posted, needed, read_form

bp = Blueprint("account", __name__, url_prefix="/account")


class ProfileForm(Schema):
    name = needed(120)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))


@bp.get("")
def show_account() -> ResponseReturnValue:
    return account_page(current_user())


@bp.post("")
def change_profile() -> ResponseReturnValue:
    claims, form = current_user(), read_form(ProfileForm)
    if form.errors:
        return account_page(claims, profile=form), 422
    with deps().database.transaction() as session:
        user = lock_user(session, person(claims))
        user.name, user.language = form.values["name"].strip(), form.values["language"]
    flash(_("Saved."), "good")
    return redirect("/account", 303)


@bp.post("/sessions/<uuid:session_id>/ending")
def end_session(session_id: UUID) -> ResponseReturnValue:
    with deps().database.transaction() as session:
        dead = delete_own_session(session, person(current_user()), session_id)
    deps().copies.bury(dead)
    flash(_("The session is ended."), "good")
    return redirect("/account", 303)


@bp.post("/sessions/ending")
def end_others() -> ResponseReturnValue:
    claims = current_user()
    with deps().database.transaction() as session:
        dead = delete_sessions_of_user(session, person(claims), keeps=claims.session_id)
    deps().copies.bury(dead)
    flash(_("All other sessions are ended."), "good")
    return redirect("/account", 303)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session of staff or user in this browser; a buyer's on a link stays."""
    token = session_token()
    if token:
        with deps().database.transaction() as session:
            dead = delete_session(session, hash_of(token))
        deps().copies.bury(dead)
    response = redirect("/signin")
    delete_cookie(response, "s")
    return response


def person(claims: Claims) -> UUID:
    """Return the user account behind the session. Raises Unauthorized for a program's key."""
    if claims.user_id is None:
        raise Unauthorized("Please sign in with your user account.")
    return claims.user_id


def account_page(claims: Claims, **forms: Posted) -> str:
    """Return the page; `forms` are those that come back: profile, password, email."""
    with deps().database.transaction() as session:
        user = get_user(session, person(claims))
        shown: dict[str, Any] = {
            "user": user,
            "organisations": list_organisations(session, user.id),
            "own_sessions": [
                (each, _where(session, each))
                for each in list_own_sessions(session, user.id, now=deps().now())
            ],
        }
    given = {name: forms.get(name, Posted()) for name in ("profile", "password", "email")}
    return render_template("identity/account.html", **shown, **given)


def _where(session: Session, own: OwnSession) -> str | None:
    """Return the brand on whose link a session was opened, or None for a session of its own."""
    if own.row.brand_id is None:
        return None
    act_for_brand(session, own.row.brand_id)
    return get_brand(session, own.row.brand_id).name
