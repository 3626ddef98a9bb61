"""/account/resets: a forgotten password. The mailed page changes nothing until it is sent."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema

from common.errors import Gone
from identity.deps import deps
from identity.domain.email import is_email, normal
from identity.domain.throttle import TooManyTries
from identity.store.users import get_user
from identity.usecases.begin_attempt import account_key, begin_attempt
from identity.usecases.request_reset import request_reset
from identity.usecases.reset_password import find_reset, reset_password
from identity.web.callers import client_address
from identity.web.forms import SECRET_LIMIT, Posted, needed, read_form, told
from identity.web.over import tell_over
from identity.web.passwords import hash_of_new, weakness

bp = Blueprint("resets", __name__, url_prefix="/account/resets")
bp.register_error_handler(Gone, tell_over)


class AddressForm(Schema):
    email = needed()


class PasswordForm(Schema):
    password = needed(SECRET_LIMIT)


@bp.get("")
def show_form() -> ResponseReturnValue:
    return _form(Posted())


@bp.post("")
def ask_for_mail() -> ResponseReturnValue:
    """Answer the same for every address: whether it has an account only its holder learns."""
    form = read_form(AddressForm)
    email = normal(form.values.get("email", ""))
    if form.errors or not is_email(email):
        return _form(Posted(form.values, {"email": _("Please give a complete email address.")}))
    now, key = deps().now(), account_key("reset", email)
    try:
        with deps().database.transaction() as session:
            begin_attempt(session, account=key, address=client_address(), now=now)
    except TooManyTries as refusal:
        return _form(Posted(form.values, {"email": told(refusal)}), status=429)
    with deps().database.transaction() as session:
        request_reset(session, email, now=now)
    return render_template("identity/reset_sent.html", email=email)


@bp.get("/<token>")
def show_reset(token: str) -> ResponseReturnValue:
    return _page(token)


@bp.post("/<token>")
def choose_password(token: str) -> ResponseReturnValue:
    form = read_form(PasswordForm)
    error = form.errors.get("password") or weakness(form.values["password"])
    if error:
        return _page(token, error)
    with deps().database.transaction() as session:
        find_reset(session, token, now=deps().now())
    secret = hash_of_new(form.values["password"])
    with deps().database.transaction() as session:
        _user, dead = reset_password(session, token, password_hash=secret, now=deps().now())
    deps().copies.bury(dead)
    flash(_("Your password is changed, and every session is ended. Please sign in."), "good")
    return redirect("/signin", 303)


def _form(form: Posted, *, status: int = 422) -> ResponseReturnValue:
    return render_template("identity/reset_ask.html", form=form), status if form.errors else 200


def _page(token: str, error: str | None = None) -> ResponseReturnValue:
    with deps().database.transaction() as session:
        user = get_user(session, find_reset(session, token, now=deps().now()).user_id)
    page = render_template("identity/reset.html", token=token, email=user.email, error=error)
    return page, 422 if error else 200
