"""/account/claims/<token>: the customer takes over its buyer. Opening it changes nothing."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema, fields, validate

from common.errors import Refusal
from identity.deps import deps
from identity.domain.claim import ClaimIsOver
from identity.domain.methods import WrongCredentials
from identity.domain.password import WeakPassword, check_password
from identity.domain.throttle import TooManyTries
from identity.store.users import find_user_credential
from identity.usecases.confirm_claim import AccountExists, NewAccount, confirm_claim
from identity.usecases.find_claim import ClaimView, find_claim
from identity.web.admission import admit
from identity.web.forms import SECRET_LIMIT, needed, read_form, retry_header, told
from identity.web.proving import prove

bp = Blueprint("claims", __name__, url_prefix="/account/claims")


class ClaimForm(Schema):
    name = fields.String(load_default="", validate=validate.Length(max=120))
    password = needed(SECRET_LIMIT)


@dataclass(frozen=True)
class Trouble:
    """Why the form comes back."""

    status: int
    errors: dict[str, str]
    message: str | None = None
    refusal: Refusal | None = None


@bp.get("/<token>")
def show_claim(token: str) -> ResponseReturnValue:
    return _page(_view(token))


@bp.post("/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """Confirm with a new password, or with the one the account has already."""
    view, form = _view(token), read_form(ClaimForm)
    if form.errors:
        return _page(view, Trouble(422, dict(form.errors)), name=form.values.get("name", ""))
    try:
        account = _account(view, form.values["name"].strip(), form.values["password"])
    except WeakPassword:
        words = _("Use 8 or more characters with letters, digits and symbols.")
        return _page(view, Trouble(422, {"password": words}), name=form.values["name"])
    except (WrongCredentials, TooManyTries) as refusal:
        return _page(view, Trouble(refusal.status, {}, told(refusal), refusal))
    return _take_over(view, account)


def _view(token: str) -> ClaimView:
    try:
        with deps().database.transaction() as session:
            return find_claim(session, token, now=deps().now())
    except ClaimIsOver as over:
        raise ClaimIsOver(
            _("This invitation was used, replaced by a newer one, or is older than 14 days.")
        ) from over


def _account(view: ClaimView, name: str, password: str) -> NewAccount | UUID:
    """Return the account that is to own it. No transaction is open while argon2 works."""
    email = view.email
    if view.account is not None:
        return prove(
            "user",
            email,
            secret=password,
            find=lambda session: find_user_credential(session, email),
        )
    check_password(password)
    return NewAccount(name or view.buyer.name, deps().passwords.hash(password))


def _take_over(view: ClaimView, account: NewAccount | UUID) -> ResponseReturnValue:
    now = deps().now()
    try:
        with deps().database.transaction(view.claim.maker_id) as session:
            confirmed = confirm_claim(session, view.claim.id, account=account, now=now)
    except AccountExists as there:
        words = _("This email address got an account meanwhile. Please reload the page.")
        raise AccountExists(words) from there
    deps().copies.bury(confirmed.dead_copies)
    return admit(confirmed.user_id, wish="/app")


def _page(
    view: ClaimView, trouble: Trouble | None = None, *, name: str = ""
) -> ResponseReturnValue:
    page = render_template(
        "identity/claim.html",
        view=view,
        name=name,
        errors=trouble.errors if trouble else {},
        message=trouble.message if trouble else None,
    )
    headers = retry_header(trouble.refusal) if trouble else {}
    return page, trouble.status if trouble else 200, headers
