"""/account/password and /account/email: both ask for the present password first."""

from uuid import UUID

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema

from common.errors import Refusal
from common.passwords import SignInBusy
from common.web.auth import current_user
from identity.deps import deps
from identity.domain.email import is_email, normal
from identity.domain.methods import WrongCredentials
from identity.domain.throttle import TooManyTries
from identity.store.users import Credential, get_user, lock_user
from identity.usecases.request_email_change import request_email_change
from identity.usecases.set_password import set_password
from identity.web.account import account_page, person
from identity.web.forms import SECRET_LIMIT, Posted, needed, read_form, told
from identity.web.passwords import hash_of_new, weakness
from identity.web.proving import prove

bp = Blueprint("account_secrets", __name__, url_prefix="/account")


class PasswordForm(Schema):
    current = needed(SECRET_LIMIT)
    new = needed(SECRET_LIMIT)


class EmailForm(Schema):
    new_email = needed()
    current = needed(SECRET_LIMIT)


@bp.post("/password")
def change_password() -> ResponseReturnValue:
    """Set a new password; every other session of the account ends."""
    claims, form = current_user(), read_form(PasswordForm)
    errors = dict(form.errors)
    weak = weakness(form.values["new"]) if "new" not in errors else None
    if weak:
        errors["new"] = weak
    wrong = None if errors else prove_present(person(claims), form.values["current"])
    if wrong:
        errors["current"] = told(wrong)
    if errors:
        back = account_page(claims, password=Posted({}, errors))
        return back, wrong.status if wrong else 422
    secret = hash_of_new(form.values["new"])
    with deps().database.transaction() as session:
        user = lock_user(session, person(claims))
        dead = set_password(
            session, user, password_hash=secret, keeps=claims.session_id, now=deps().now()
        )
    deps().copies.bury(dead)
    flash(_("Your password is changed. Every other session is ended."), "good")
    return redirect("/account", 303)


@bp.post("/email")
def ask_for_change() -> ResponseReturnValue:
    claims, form = current_user(), read_form(EmailForm)
    errors = dict(form.errors)
    email = normal(form.values.get("new_email", ""))
    if "new_email" not in errors and not is_email(email):
        errors["new_email"] = str(_("Please give a complete email address."))
    wrong = None if errors else prove_present(person(claims), form.values["current"])
    if wrong:
        errors["current"] = told(wrong)
    if errors:
        back = account_page(claims, email=Posted({"new_email": email}, errors))
        return back, wrong.status if wrong else 422
    with deps().database.transaction() as session:
        request_email_change(session, person(claims), new_email=email, now=deps().now())
    words = _("We sent a mail to %(email)s. The address changes once it is confirmed.", email=email)
    flash(words, "good")
    return redirect("/account", 303)


def prove_present(user_id: UUID, password: str) -> Refusal | None:
    """Return why the present password is not accepted, or None when it is right."""
    with deps().database.transaction() as session:
        user = get_user(session, user_id)
    try:
        prove(
            "user",
            user.email,
            secret=password,
            find=lambda session: Credential(user.id, get_user(session, user.id).password_hash),
        )
    except WrongCredentials:
        return WrongCredentials(_("This is not your present password."))
    except (TooManyTries, SignInBusy) as refusal:
        return refusal
    return None
