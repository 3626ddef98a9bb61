"""`/l/<token>`: the gate. Opening it changes nothing, so scanners cannot spend anything."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from common.errors import Unavailable
from common.web.auth import read_buyer
from links.deps import deps
from links.domain.gate import GateState
from links.gateways.peers import read_brand
from links.store.models import Link
from links.usecases.resolve_link import find_by_token, state_of

bp = Blueprint("gate", __name__)
STATUS = {
    GateState.VOID: HTTPStatus.FORBIDDEN,
    GateState.NOT_YET_RELEASED: HTTPStatus.FORBIDDEN,
    GateState.EXPIRED: HTTPStatus.GONE,
}


@bp.get("/l/<token>")
def show_gate(token: str) -> Response | tuple[str, int]:
    """Let people on, or say plainly why not (D24)."""
    with deps().database.transaction() as session:
        link = find_by_token(session, token)
    state = state_of(link, now=deps().now())
    if state is not GateState.OPEN:
        return _closed(link, state), STATUS[state]
    claims = read_buyer(link.id)
    is_in = claims is not None and claims.passcode_version == link.passcode_version
    return redirect(f"/shop/{token}" if is_in else f"/signin/{token}", HTTPStatus.SEE_OTHER)


def _closed(link: Link, state: GateState) -> str:
    return render_template(
        "gate/closed.html",
        state=state.value,
        release_at=link.release_at,
        brand_name=_brand_name(link),
        contacts=link.contacts,
        background=link.background,
    )


def _brand_name(link: Link) -> str:
    """A gate without its brand's name is better than none."""
    try:
        return read_brand(deps().peers, link.brand_id).name
    except Unavailable:
        return ""
