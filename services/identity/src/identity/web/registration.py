"""/account/registrations: a user account, confirmed by a mailed code (R51, R52, R53)."""

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema, fields, validate

from common.web.i18n import language
from identity.deps import deps
from identity.domain.email import is_email, normal
from identity.domain.throttle import TooManyTries
from identity.domain.verification import PAUSE, seconds_to_wait
from identity.store.accounts import get_registration
from identity.usecases.begin_attempt import account_key, begin_attempt
from identity.usecases.begin_registration import WishedAccount, begin_registration
from identity.usecases.confirm_registration import confirm_registration
from identity.usecases.resend_code import TooSoon, resend_code
from identity.web.admission import let_in
from identity.web.callers import client_address
from identity.web.forms import SECRET_LIMIT, Posted, needed, read_form, retry_header, told
from identity.web.passwords import hash_of_new, weakness

bp = Blueprint("registration", __name__, url_prefix="/account/registrations")


class RegistrationForm(Schema):
    email = needed()
    name = needed(120)
    organisation = fields.String(load_default="", validate=validate.Length(max=120))
    password = needed(SECRET_LIMIT)
    next = fields.String(load_default="", validate=validate.Length(max=500))
    link = fields.String(load_default="", validate=validate.Regexp(r"^[A-Za-z0-9_-]{0,64}$"))


class CodeForm(Schema):
    code = needed(20)
    next = fields.String(load_default="", validate=validate.Length(max=500))


@bp.get("")
def show_form() -> ResponseReturnValue:
    asked = {name: request.args.get(name, "") for name in ("link", "next")}
    return _form(Posted(asked))


@bp.post("")
def register() -> ResponseReturnValue:
    """Mail a code. What is answered says nothing about whether the address has an account."""
    form = _checked(read_form(RegistrationForm))
    if form.errors:
        return _form(form)
    email = normal(form.values["email"])
    try:
        _count(email)
    except TooManyTries as refusal:
        return _form(form, message=told(refusal), status=429)
    wish = WishedAccount(
        email=email,
        name=form.values["name"].strip(),
        organisation=form.values["organisation"].strip() or None,
        password_hash=hash_of_new(form.values["password"]),
        language=language(),
        link_token=form.values["link"] or None,
    )
    with deps().database.transaction() as session:
        token = begin_registration(session, wish, now=deps().now())
    query = f"?{urlencode({'next': form.values['next']})}" if form.values["next"] else ""
    return redirect(f"/account/registrations/{token}{query}", 303)


@bp.get("/<token>")
def show_code(token: str) -> ResponseReturnValue:
    return _code_page(token)


@bp.post("/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """Compare the code: five tries, ten minutes."""
    form = read_form(CodeForm)
    if form.errors:
        return _code_page(token, error=form.errors["code"])
    with deps().database.transaction() as session:
        answer = confirm_registration(
            session,
            token,
            code=form.values["code"],
            key=deps().settings.mail_secret_key,
            now=deps().now(),
        )
    if answer.user_id is None:
        return _code_page(token, error=_wrong(answer.tries_left))
    flash(_("Your account is ready."), "good")
    return let_in(answer.user_id, wish=form.values["next"] or "/app", link_token=answer.link_token)


@bp.post("/<token>/mails")
def send_again(token: str) -> ResponseReturnValue:
    try:
        with deps().database.transaction() as session:
            resend_code(session, token, now=deps().now())
    except TooSoon as soon:
        seconds = soon.retry_after or int(PAUSE.total_seconds())
        words = _("Please wait %(seconds)s s before the next mail.", seconds=seconds)
        return _code_page(token, error=words, status=429, headers=retry_header(soon))
    flash(_("A new code is on its way. The one before no longer works."), "good")
    return redirect(f"/account/registrations/{token}", 303)


def _checked(form: Posted) -> Posted:
    """Return the form with what the schema cannot say: a real address, a strong password."""
    errors = dict(form.errors)
    if "email" not in errors and not is_email(normal(form.values["email"])):
        errors["email"] = str(_("Please give a complete email address."))
    weak = weakness(form.values.get("password", "")) if "password" not in errors else None
    if weak:
        errors["password"] = weak
    return Posted(form.values, errors)


def _count(email: str) -> None:
    """Let one address ask for so many mails only. Raises TooManyTries."""
    key = account_key("registration", email)
    with deps().database.transaction() as session:
        begin_attempt(session, account=key, address=client_address(), now=deps().now())


def _wrong(tries_left: int) -> str:
    if not tries_left:
        return str(_("This code no longer works. Please have a new one sent."))
    words = _("This code is not right. Tries left: %(tries)s.", tries=tries_left)
    return str(words)


def _form(form: Posted, *, message: str | None = None, status: int = 200) -> ResponseReturnValue:
    page = render_template("identity/register.html", form=form, message=message)
    return page, 422 if form.errors else status


def _code_page(
    token: str,
    *,
    error: str | None = None,
    status: int = 422,
    headers: dict[str, str] | None = None,
) -> ResponseReturnValue:
    with deps().database.transaction() as session:
        row = get_registration(session, token, now=deps().now())
    page = render_template(
        "identity/registration_code.html",
        token=token,
        email=row.email,
        wait=seconds_to_wait(row.next_mail_at, now=deps().now()),
        next=request.values.get("next", ""),
        error=error,
    )
    return page, status if error else 200, headers or {}
