"""/account/claims/<token>: the customer takes over its buyer. Opening it changes nothing."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema, fields, validate

from common.errors import Gone, Refusal, Unauthorized
from common.web.auth import current_session
from identity.deps import deps
from identity.domain.claim import ClaimIsOver
from identity.store.organisations import Own, list_own
from identity.store.users import find_user_credential
from identity.usecases.confirm_claim import AccountExists, Confirmed, NewAccount, confirm_claim
from identity.usecases.find_claim import ClaimView, find_claim
from identity.web.admission import admit
from identity.web.forms import SECRET_LIMIT, Posted, needed, read_form, retry_header, told
from identity.web.over import tell_over
from identity.web.passwords import hash_of_new, weakness
from identity.web.proving import REFUSALS, prove

bp = Blueprint("claims", __name__, url_prefix="/account/claims")
bp.register_error_handler(Gone, tell_over)
KEEP = "keep"


class NewForm(Schema):
    name = fields.String(load_default="", validate=validate.Length(max=120))
    password = needed(SECRET_LIMIT)


class PasswordForm(Schema):
    password = needed(SECRET_LIMIT)


class HomeForm(Schema):
    home = fields.String(required=True)


@bp.get("/<token>")
def show_claim(token: str) -> ResponseReturnValue:
    return _page(token, _view(token))


@bp.post("/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """Confirm: with a new account, with the one that is signed in, or sign that one in first."""
    view = _view(token)
    if view.account is None:
        return _confirm_anew(token, view)
    if _is_signed_in(view):
        return _confirm_signed_in(token, view, view.account.id)
    return _sign_in(token, view)


def _confirm_anew(token: str, view: ClaimView) -> ResponseReturnValue:
    form = read_form(NewForm)
    weak = weakness(form.values.get("password", ""))
    errors = {**({"password": weak} if weak else {}), **form.errors}
    if errors:
        return _page(token, view, Posted(form.values, errors))
    name = form.values["name"].strip() or view.buyer.name
    account = NewAccount(name, hash_of_new(form.values["password"]))
    confirmed = _take_over(view, account)
    return admit(confirmed.user_id, wish="/app")


def _sign_in(token: str, view: ClaimView) -> ResponseReturnValue:
    """The address has an account: its password first, then the choice (D19)."""
    form = read_form(PasswordForm)
    if form.errors:
        return _page(token, view, form)
    email = view.email
    try:
        user_id = prove(
            "user",
            email,
            secret=form.values["password"],
            find=lambda session: find_user_credential(session, email),
        )
    except REFUSALS as refusal:
        return _page(token, view, form, refusal)
    return admit(user_id, wish=f"/account/claims/{token}")


def _confirm_signed_in(token: str, view: ClaimView, user_id: UUID) -> ResponseReturnValue:
    form = read_form(HomeForm)
    homes = {str(own.organisation.id) for own in _owned(user_id)}
    home = form.values.get("home")
    if form.errors or home not in {KEEP, *homes}:
        return _page(token, view, Posted({}, {"home": _("Please choose one.")}))
    _take_over(view, user_id, joins=None if home == KEEP else UUID(home))
    return redirect("/app", 303)


def _take_over(
    view: ClaimView, account: NewAccount | UUID, *, joins: UUID | None = None
) -> Confirmed:
    try:
        with deps().database.transaction(view.claim.maker_id) as session:
            confirmed = confirm_claim(
                session, view.claim.id, account=account, joins=joins, now=deps().now()
            )
    except AccountExists as there:
        words = _("This email address got an account meanwhile. Please reload the page.")
        raise AccountExists(words) from there
    deps().copies.bury(confirmed.dead_copies)
    return confirmed


def _view(token: str) -> ClaimView:
    try:
        with deps().database.transaction() as session:
            return find_claim(session, token, now=deps().now())
    except ClaimIsOver as over:
        raise ClaimIsOver(
            _("This invitation was used, replaced by a newer one, or is older than 14 days.")
        ) from over


def _is_signed_in(view: ClaimView) -> bool:
    """Say whether the account of the claim's address is signed in, both factors shown."""
    try:
        return view.account is not None and current_session().user_id == view.account.id
    except Unauthorized:
        return False


def _owned(user_id: UUID) -> list[Own]:
    with deps().database.transaction() as session:
        return [own for own in list_own(session, user_id) if own.is_owner]


def _page(
    token: str, view: ClaimView, form: Posted | None = None, refusal: Refusal | None = None
) -> ResponseReturnValue:
    is_signed_in = _is_signed_in(view)
    errors: Mapping[str, str] = form.errors if form else {}
    page = render_template(
        "identity/claim.html",
        view=view,
        is_signed_in=is_signed_in,
        homes=_owned(view.account.id) if is_signed_in and view.account else [],
        name=form.values.get("name", "") if form else "",
        errors=errors,
        message=told(refusal) if refusal else None,
    )
    status = refusal.status if refusal else 422 if form else 200
    return page, status, retry_header(refusal)
