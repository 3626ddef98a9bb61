"""/account/second-factor: switch it on with a phone, off with the password (R54)."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from marshmallow import Schema

from common.errors import Refusal
from common.web.auth import current_user
from identity.deps import deps
from identity.store.models import User
from identity.store.users import get_user
from identity.usecases.second_factor import (
    confirm_second_factor,
    drop_second_factor,
    offer_second_factor,
    renew_recovery_codes,
)
from identity.web.account import person
from identity.web.account_secrets import prove_present
from identity.web.forms import SECRET_LIMIT, needed, read_form, told

bp = Blueprint("second_factor", __name__, url_prefix="/account/second-factor")


class CodeForm(Schema):
    code = needed(20)


class PasswordForm(Schema):
    current = needed(SECRET_LIMIT)


@bp.get("")
def show_factor() -> ResponseReturnValue:
    return _page()


@bp.post("/key")
def offer() -> ResponseReturnValue:
    """Make a key; it asks for nothing before a code of it came back."""
    sealed = deps().second_factors.new()
    with deps().database.transaction() as session:
        offer_second_factor(session, person(current_user()), sealed=sealed)
    return redirect("/account/second-factor", 303)


@bp.post("/confirmation")
def confirm() -> ResponseReturnValue:
    user_id, form, now = person(current_user()), read_form(CodeForm), deps().now()
    if form.errors:
        return _page(errors=form.errors)

    def step_of(sealed: str, after: int | None) -> int | None:
        return deps().second_factors.step_of(sealed, form.values["code"], after=after, now=now)

    with deps().database.transaction() as session:
        codes = confirm_second_factor(session, user_id, step_of=step_of, now=now)
    if codes is None:
        return _page(errors={"code": _("This code is not right. Please take the one shown now.")})
    return _page(codes=codes)


@bp.post("/recovery-codes")
def renew() -> ResponseReturnValue:
    user_id = person(current_user())
    wrong = _wrong_password()
    if wrong:
        return _page(errors=wrong)
    with deps().database.transaction() as session:
        codes = renew_recovery_codes(session, user_id)
    return _page(codes=codes)


@bp.post("/removal")
def remove() -> ResponseReturnValue:
    user_id = person(current_user())
    wrong = _wrong_password()
    if wrong:
        return _page(errors=wrong)
    with deps().database.transaction() as session:
        drop_second_factor(session, user_id, now=deps().now())
    flash(_("The second factor is off."), "warn")
    return redirect("/account", 303)


def _wrong_password() -> dict[str, str]:
    form = read_form(PasswordForm)
    if form.errors:
        return dict(form.errors)
    wrong: Refusal | None = prove_present(person(current_user()), form.values["current"])
    return {"current": told(wrong)} if wrong else {}


def _page(
    *, errors: Mapping[str, str] | None = None, codes: list[str] | None = None
) -> ResponseReturnValue:
    with deps().database.transaction() as session:
        user = get_user(session, person(current_user()))
    page = render_template(
        "identity/second_factor.html",
        user=user,
        errors=errors or {},
        codes=codes,
        **_drawn(user),
    )
    return page, 422 if errors else 200


def _drawn(user: User) -> dict[str, Markup | str | None]:
    """Return picture and text of a key that waits for its first code."""
    if user.totp_sealed is None or user.totp_confirmed_at is not None:
        return {"picture": None, "secret": None}
    factors = deps().second_factors
    picture = Markup(factors.picture(user.totp_sealed, account=user.email))  # noqa: S704 - ours.
    return {"picture": picture, "secret": factors.secret(user.totp_sealed)}
