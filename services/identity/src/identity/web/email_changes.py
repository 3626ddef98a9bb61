"""/account/emails/<token>: the new address of an account confirms itself, by a button."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from common.errors import Gone
from identity.deps import deps
from identity.store.users import get_user
from identity.usecases.change_email import change_email, find_email_change
from identity.web.over import tell_over

bp = Blueprint("email_changes", __name__, url_prefix="/account/emails")
bp.register_error_handler(Gone, tell_over)


@bp.get("/<token>")
def show_change(token: str) -> ResponseReturnValue:
    with deps().database.transaction() as session:
        change = find_email_change(session, token, now=deps().now())
        user = get_user(session, change.user_id)
    return render_template("identity/email_change.html", change=change, user=user)


@bp.post("/<token>")
def confirm(token: str) -> ResponseReturnValue:
    with deps().database.transaction() as session:
        user = change_email(session, token, now=deps().now())
    flash(_("From now on you sign in with %(email)s.", email=user.email), "good")
    return redirect("/account", 303)
