"""/signin: staff and users, one form. Staff arrives at its links, users in the Buyer App."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields

from common.errors import Refusal
from identity.domain.email import normal
from identity.store.users import find_user_credential
from identity.web.admission import admit
from identity.web.forms import SECRET_LIMIT, Posted, needed, read_form, retry_header, told
from identity.web.proving import REFUSALS, prove

bp = Blueprint("sign_in", __name__)


class SignInForm(Schema):
    email = needed()
    password = needed(SECRET_LIMIT)
    next = fields.String(load_default="")


@bp.get("/signin")
def show_sign_in() -> ResponseReturnValue:
    return _page(Posted())


@bp.post("/signin")
def sign_in() -> ResponseReturnValue:
    form = read_form(SignInForm)
    if form.errors:
        return _page(form, status=422)
    email = normal(form.values["email"])
    try:
        user_id = prove(
            "user",
            email,
            secret=form.values["password"],
            find=lambda session: find_user_credential(session, email),
        )
    except REFUSALS as refusal:
        return _page(form, refusal=refusal)
    return admit(user_id, wish=form.values["next"])


def _page(
    form: Posted, *, status: int = 200, refusal: Refusal | None = None
) -> ResponseReturnValue:
    page = render_template(
        "identity/sign_in.html",
        email=form.values.get("email", ""),
        next=form.values.get("next") or request.args.get("next", ""),
        errors=form.errors,
        message=told(refusal) if refusal else None,
    )
    return page, refusal.status if refusal else status, retry_header(refusal)
