"""/account: who is signed in, and the way out."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from common.sessions import hash_of
from common.web.auth import current_user
from common.web.security import delete_cookie
from identity.deps import deps
from identity.store.sessions import delete_session
from identity.store.users import get_user, list_organisations
from identity.web.callers import session_token

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
def show_account() -> ResponseReturnValue:
    claims = current_user()
    with deps().database.transaction() as session:
        user = get_user(session, claims.user_id) if claims.user_id else None
        organisations = list_organisations(session, user.id) if user else []
    return render_template("identity/account.html", user=user, organisations=organisations)


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
