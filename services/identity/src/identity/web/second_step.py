"""/signin/second-step: the code of the second factor, or a recovery code, after the password."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema

from identity.deps import deps
from identity.domain.throttle import TooManyTries
from identity.store.attempts import delete_failures
from identity.usecases.begin_attempt import account_key, begin_attempt
from identity.usecases.second_step import Passed, find_half, take_second_step
from identity.web.admission import half_token, let_in
from identity.web.callers import client_address
from identity.web.forms import needed, read_form, told

bp = Blueprint("second_step", __name__, url_prefix="/signin/second-step")


class CodeForm(Schema):
    code = needed(40)


@bp.get("")
def show_step() -> ResponseReturnValue:
    with deps().database.transaction() as session:
        half = find_half(session, half_token(), now=deps().now())
    return _page(None) if half else redirect("/signin")


@bp.post("")
def take_step() -> ResponseReturnValue:
    """Five tries, ten in a quarter of an hour; then it begins with the password again."""
    form = read_form(CodeForm)
    with deps().database.transaction() as session:
        half = find_half(session, half_token(), now=deps().now())
    if half is None:
        return redirect("/signin")
    if form.errors:
        return _page(form.errors["code"])
    try:
        passed = _take(account_key("second step", half.user_id), form.values["code"])
    except TooManyTries as refusal:
        return _page(told(refusal), status=429)
    if passed is None:
        return _page(_("This code is not right, or it was used already. Please take a new one."))
    return let_in(passed.user_id, wish=passed.next_path, link_token=passed.link_token)


def _take(key: str, typed: str) -> Passed | None:
    """Count the try where no new sign-in forgets it, then look at the code."""
    now, address = deps().now(), client_address()
    with deps().database.transaction() as session:
        begin_attempt(session, account=key, address=address, now=now)

    def step_of(sealed: str, after: int | None) -> int | None:
        return deps().second_factors.step_of(sealed, typed, after=after, now=now)

    with deps().database.transaction() as session:
        half = find_half(session, half_token(), now=now)
        passed = take_second_step(session, half, typed, step_of=step_of, now=now) if half else None
        if passed is not None:
            delete_failures(session, account=key, address=address)
    return passed


def _page(error: str | None, *, status: int = 422) -> ResponseReturnValue:
    page = render_template("identity/second_step.html", error=error)
    return page, status if error else 200
