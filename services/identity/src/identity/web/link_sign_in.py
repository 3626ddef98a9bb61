"""/signin/<token>: the three ways into a link, side by side (R34)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields, validate

from common.errors import Refusal
from common.web.i18n import COOKIE as LANGUAGE
from common.web.security import cookie_name, delete_cookie
from identity.deps import deps
from identity.domain.device import device_name
from identity.domain.email import normal
from identity.domain.methods import Method
from identity.gateways.links import resolve_link
from identity.store.buyers import find_login_credential, find_passcode_credential
from identity.store.sessions import delete_browser, delete_buyer_session
from identity.store.users import find_user_credential
from identity.usecases.open_buyer_session import Entry, open_buyer_session
from identity.web.admission import LAST_METHOD, admit, keep_browser
from identity.web.callers import browser_token
from identity.web.forms import SECRET_LIMIT, Posted, needed, read_form, retry_header, told
from identity.web.proving import REFUSALS, prove
from identity.web.visits import Door, browser_hash, current_door, current_holder

bp = Blueprint("link_sign_in", __name__, url_prefix="/signin/<token>")


class EmailForm(Schema):
    email = needed()
    password = needed(SECRET_LIMIT)


class CodeForm(Schema):
    code = needed()
    passcode = needed(SECRET_LIMIT)
    operator = fields.String(load_default="", validate=validate.Length(max=80))


@bp.get("")
def show_ways(token: str) -> ResponseReturnValue:
    door = current_door(token)
    if current_holder(door.link):
        return redirect(door.shop)
    return _page(door)


@bp.post("/user-account")
def sign_in_user(token: str) -> ResponseReturnValue:
    """Prove the user's password; which buyer it is comes next (R35, R36)."""
    door, form = current_door(token), read_form(EmailForm)
    if form.errors:
        return _page(door, Method.USER_ACCOUNT, form)
    email = normal(form.values["email"])
    try:
        user_id = prove(
            "user",
            email,
            secret=form.values["password"],
            find=lambda session: find_user_credential(session, email),
        )
    except REFUSALS as refusal:
        return _page(door, Method.USER_ACCOUNT, form, refusal)
    return admit(user_id, link_token=token)


@bp.post("/offline-buyer")
def sign_in_offline_buyer(token: str) -> ResponseReturnValue:
    """Sign in by what the brand set for this link login, of this brand only (R39, R40)."""
    door, form = current_door(token), read_form(EmailForm)
    if form.errors:
        return _page(door, Method.OFFLINE_LOGIN, form)
    email, brand_id = normal(form.values["email"]), door.link.brand_id
    try:
        buyer_id = prove(
            "offline",
            brand_id,
            email,
            secret=form.values["password"],
            find=lambda session: find_login_credential(session, brand_id, email),
            maker_id=door.link.maker_id,
        )
    except REFUSALS as refusal:
        return _page(door, Method.OFFLINE_LOGIN, form, refusal)
    return enter_shop(door, buyer_id=buyer_id, method=Method.OFFLINE_LOGIN)


@bp.post("/brand-credentials")
def sign_in_by_code(token: str) -> ResponseReturnValue:
    """Sign in by unique code and passcode, mostly the brand on behalf of the buyer (R43)."""
    door, form = current_door(token), read_form(CodeForm)
    if form.errors:
        return _page(door, Method.BRAND_CREDENTIALS, form)
    code, brand_id = form.values["code"].strip(), door.link.brand_id
    try:
        buyer_id = prove(
            "code",
            brand_id,
            code.upper(),
            secret=form.values["passcode"],
            find=lambda session: find_passcode_credential(session, brand_id, code),
            maker_id=door.link.maker_id,
        )
    except REFUSALS as refusal:
        return _page(door, Method.BRAND_CREDENTIALS, form, refusal)
    operator = form.values["operator"].strip() or None
    return enter_shop(door, buyer_id=buyer_id, method=Method.BRAND_CREDENTIALS, operator=operator)


@bp.post("/sign-out")
def sign_out(token: str) -> ResponseReturnValue:
    """ "Not you?": end this link's session in this browser; the others stay."""
    # Also on a link that has closed meanwhile: leaving is always possible.
    link, mine = resolve_link(deps().peers, token), browser_hash()
    if mine:
        with deps().database.transaction() as session:
            dead = delete_buyer_session(session, mine, link.id)
        deps().copies.bury(dead)
    return redirect(f"/signin/{token}")


@bp.post("/clearing")
def clear_device(token: str) -> ResponseReturnValue:
    """For a device that many share: end whatever buyers opened on it and forget all of them."""
    mine = browser_hash()
    with deps().database.transaction() as session:
        dead = delete_browser(session, mine) if mine else []
    deps().copies.bury(dead)
    response = redirect(f"/signin/{token}")
    for short in ("b", LAST_METHOD):
        delete_cookie(response, short)
    response.delete_cookie(LANGUAGE, path="/", httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def enter_shop(
    door: Door,
    *,
    buyer_id: UUID,
    method: Method,
    user_id: UUID | None = None,
    operator: str | None = None,
) -> ResponseReturnValue:
    """Open the buyer's session on the link and go where it shops."""
    link = door.link
    entry = Entry(
        maker_id=link.maker_id,
        brand_id=link.brand_id,
        link_id=link.id,
        passcode_version=link.passcode_version,
        buyer_id=buyer_id,
        method=method,
        user_id=user_id,
        operator=operator,
        device=device_name(request.headers.get("User-Agent")),
    )
    with deps().database.transaction(link.maker_id) as session:
        opened = open_buyer_session(session, entry, browser_token=browser_token(), now=deps().now())
    deps().copies.bury(opened.dead_copies)
    return keep_browser(redirect(door.shop), opened.token, method=method)


def _page(
    door: Door,
    method: Method | None = None,
    form: Posted | None = None,
    refusal: Refusal | None = None,
) -> ResponseReturnValue:
    failed: Mapping[str, Any] | None = None
    if method and form:
        message = told(refusal) if refusal else None
        failed = {
            "method": method,
            "message": message,
            "values": form.values,
            "errors": form.errors,
        }
    page = render_template(
        "identity/link_sign_in.html",
        door=door,
        failed=failed,
        last_method=request.cookies.get(cookie_name(LAST_METHOD)),
    )
    status = refusal.status if refusal else 422 if failed else 200
    return page, status, retry_header(refusal)
