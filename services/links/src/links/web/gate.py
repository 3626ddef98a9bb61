"""`/l/<token>`: the gate. Opening it changes nothing, so scanners cannot spend anything."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from common.errors import Unavailable
from common.passwords import SignInBusy
from common.web.auth import current_staff, read_buyer
from common.web.backdrop import backdrop
from common.web.buyer import has_passed
from common.web.callers import client_address
from common.web.pages import media_url
from common.web.preview import Preview, demand_staff_of, is_preview, show_banner
from common.web.security import browser_id, cookie_name, set_cookie
from links.counts import GATE
from links.deps import deps
from links.domain.gate import GateState
from links.domain.steps import Step
from links.domain.throttle import TooManyTries
from links.gateways.buyers import read_buyer_name
from links.gateways.passes import grant_pass, has_pass
from links.gateways.peers import read_brand
from links.store.links import LinkNotFound
from links.store.models import Link
from links.store.steps import LinkKey, add_step
from links.usecases.resolve_link import find_by_token, state_of
from links.usecases.resolve_preview import find_previewed
from links.usecases.show_media import shown_background
from links.web.passcode import is_passcode, when_again

bp = Blueprint("gate", __name__)
STATUS = {
    GateState.VOID: HTTPStatus.FORBIDDEN,
    GateState.NOT_YET_RELEASED: HTTPStatus.FORBIDDEN,
    GateState.EXPIRED: HTTPStatus.GONE,
}
BROWSER_KEPT = timedelta(days=7)
"""As long as a buyer's session, which shares the cookie."""


@bp.get("/l/<token>")
def show_gate(token: str) -> Response:
    """Let people on, ask for the passcode, or say plainly why not (D24)."""
    if is_preview(token):
        return _previewed(token)
    link, state = _read(token)
    if request.method == "GET":
        deps().tally.note_opening(
            LinkKey(link.maker_id, link.id), at=deps().now(), browser=browser_id()
        )
    if state is not GateState.OPEN:
        GATE.labels(state.value).inc()
        return _closed(link, state)
    claims = read_buyer(link.id)
    if claims and has_passed(claims, link.asked_passcode):
        GATE.labels("open").inc()
        return _on(f"/shop/{token}")
    if link.asked_passcode is not None and not _passed_before(link.id, link.asked_passcode):
        GATE.labels("passcode_asked").inc()
        return _ask(link)
    GATE.labels("open").inc()
    return _on(f"/signin/{token}")


@bp.post("/l/<token>")
def pass_gate(token: str) -> Response:
    """Check the passcode and let the browser on to the sign-in (R27, R28, R33)."""
    link, state = _read(token)
    if state is not GateState.OPEN:
        return _closed(link, state)
    version = link.asked_passcode
    if version is None:
        return _on(f"/signin/{token}")
    typed = request.form.get("passcode", "")
    if not typed.strip():
        return _ask(link, _("Enter the passcode."), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        is_right = is_passcode(link, typed, address=client_address())
    except (TooManyTries, SignInBusy) as refused:
        GATE.labels("throttled").inc()
        page = _ask(link, when_again(refused), HTTPStatus(refused.status))
        page.headers["Retry-After"] = str(refused.retry_after)
        return page
    GATE.labels("passcode_right" if is_right else "passcode_wrong").inc()
    if not is_right:
        words = _("This is not the passcode. Please check it and try again.")
        return _ask(link, words, HTTPStatus.UNPROCESSABLE_ENTITY)
    mine = request.cookies.get(cookie_name("b"))
    new = grant_pass(deps().peers, link.id, passcode_version=version, browser_token=mine)
    with deps().database.transaction(link.maker_id) as session:
        add_step(session, Step.PASSED, LinkKey(link.maker_id, link.id), at=deps().now())
    answer = _on(f"/signin/{token}")
    if new:
        set_cookie(answer, "b", new, max_age=int(BROWSER_KEPT.total_seconds()))
    return answer


@bp.errorhandler(LinkNotFound)
def show_unknown(unknown: LinkNotFound) -> tuple[str, int]:
    """Say that there is none; a deleted link looks like one that never was (R11)."""
    GATE.labels("unknown").inc()
    return render_template("gate/unknown.html"), unknown.status


def _previewed(token: str) -> Response:
    """Show staff what the gate says at the preview's moment; nothing is counted."""
    current_staff()
    with deps().database.transaction() as session:
        link, preview = find_previewed(session, token, now=deps().now())
    demand_staff_of({"maker_id": str(link.maker_id), "brand_id": str(link.brand_id)})
    state = state_of(link, now=preview.at)
    is_open, beyond = state is GateState.OPEN, f"/shop/{token}"
    if is_open and link.asked_passcode is None:
        return _on(beyond)
    name = read_buyer_name(deps().peers, preview.buyer_id, brand_id=link.brand_id)
    show_banner(
        Preview(
            link_id=link.id,
            buyer_id=preview.buyer_id,
            buyer_name=name,
            at=preview.at,
            expires_at=preview.expires_at,
        )
    )
    return _ask(link, token=token, preview_next=beyond) if is_open else _closed(link, state)


def _passed_before(link_id: UUID, version: int) -> bool:
    """Say whether this browser passed the passcode earlier; without identity it is asked again."""
    mine = request.cookies.get(cookie_name("b"))
    if not mine:
        return False
    try:
        return has_pass(deps().peers, link_id, passcode_version=version, browser_token=mine)
    except Unavailable:
        return False


def _read(token: str) -> tuple[Link, GateState]:
    with deps().database.transaction() as session:
        link = find_by_token(session, token)
    return link, state_of(link, now=deps().now())


def _on(path: str) -> Response:
    return redirect(path, HTTPStatus.SEE_OTHER)


def _ask(
    link: Link, wrong: str | None = None, status: HTTPStatus = HTTPStatus.OK, **given: object
) -> Response:
    shown = {"wrong": wrong, "token": link.token, **given}
    return _page("gate/passcode.html", link, status, **shown)


def _closed(link: Link, state: GateState) -> Response:
    return _page(
        "gate/closed.html", link, STATUS[state], state=state.value, release_at=link.release_at
    )


def _page(template: str, link: Link, status: HTTPStatus, **given: object) -> Response:
    """Return a gate's page: whose it is, behind it the background, and whom to ask."""
    shown = render_template(
        template,
        brand_name=_brand_name(link),
        contacts=link.contacts,
        background=backdrop(shown_background(link, media_url)),
        **given,
    )
    return make_response(shown, status)


def _brand_name(link: Link) -> str:
    """A gate without its brand's name is better than none."""
    try:
        return read_brand(deps().peers, link.brand_id).name
    except Unavailable:
        return ""
