"""/notifications: every mail, where it is, what it says; and a button to send it again."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from common.errors import NotFound
from common.web.auth import current_staff, demand_write
from common.web.security import allow_own_frames
from notifications.deps import deps
from notifications.domain.kinds import KINDS
from notifications.domain.states import GROUPS, states_of
from notifications.gateways.identity import Secret
from notifications.store.messages import Wanted, list_messages, numbers_of_orders
from notifications.store.models import Message
from notifications.usecases.retry_message import retry_message
from notifications.web.api import PAGE, next_of
from notifications.web.viewer import own_message, owners_of

bp = Blueprint("messages", __name__, url_prefix="/notifications")
HIDDEN = Secret(path="/…", code="······", expires_at=None)
PREVIEW_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
"""A mail's styles are its own; it may do nothing else, and stands only in our own page."""


@bp.get("")
def index_messages() -> str:
    """Show the ledger, newest first."""
    staff = current_staff()
    asked = _asked()
    wanted = Wanted(
        owner_ids=owners_of(staff),
        states=states_of(asked["state"]),
        kind=asked["kind"],
        search=asked["q"],
        before=_before(),
        limit=PAGE + 1,
    )
    with deps().database.transaction(staff.maker_id) as session:
        found = list_messages(session, wanted)
        numbers = numbers_of_orders(session, {each.order_id for each in found if each.order_id})
    following = next_of(found)
    return render_template(
        "notifications/index.html",
        messages=found[:PAGE],
        numbers=numbers,
        kinds=list(KINDS),
        **asked,
        is_filtered=any(asked.values()) or wanted.before is not None,
        next_url=url_for(".index_messages", **asked, before=following) if following else None,
    )


@bp.get("/<uuid:message_id>")
def show_message(message_id: UUID) -> str:
    """Show one mail as it was or will be sent; what it links to stays hidden."""
    message = own_message(message_id)
    mail = deps().writer.write(message, HIDDEN)
    text = mail.get_body(("plain",))
    allow_own_frames()
    return render_template(
        "notifications/show.html",
        message=message,
        subject=str(mail["Subject"]),
        message_id_header=str(mail["Message-ID"]),
        text=text.get_content() if text else "",
    )


@bp.get("/<uuid:message_id>/preview")
def show_preview(message_id: UUID) -> Response:
    """Show the HTML part by itself, for the frame."""
    mail = deps().writer.write(own_message(message_id), HIDDEN)
    part = mail.get_body(("html",))
    response = Response(part.get_content() if part else "")
    response.headers["Content-Security-Policy"] = PREVIEW_POLICY
    return response


@bp.post("/<uuid:message_id>/retries")
def create_retry(message_id: UUID) -> BaseResponse:
    """Send the mail again."""
    staff = current_staff()
    demand_write(staff)
    message: Message = own_message(message_id)
    with deps().database.transaction(staff.maker_id) as session:
        retry_message(session, message_id=message.id, also_done=True)
    flash(_("The mail is on its way again."), "good")
    return redirect(url_for(".show_message", message_id=message_id))


def _asked() -> dict[str, Any]:
    """Return the filters that make sense; others count as not asked for."""
    state, kind = request.args.get("state"), request.args.get("kind")
    return {
        "state": state if state in GROUPS else None,
        "kind": kind if kind in KINDS else None,
        "q": (request.args.get("q") or "").strip()[:254] or None,
    }


def _before() -> UUID | None:
    text = request.args.get("before")
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise NotFound(_("There is no such page.")) from wrong
