"""The staff's page of every mail."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from common.errors import NotFound
from common.web.auth import current_staff, demand_write
from notifications.deps import deps
from notifications.gateways.identity import Secret
from notifications.store.messages import MessageNotFound, get_message, list_messages
from notifications.store.models import Message
from notifications.usecases.retry_message import retry_message
from notifications.web.api import PAGE, next_of

bp = Blueprint("messages", __name__, url_prefix="/notifications")
STATES = ("pending", "dead", "done")
HIDDEN = Secret(path="/…", code="······", expires_at=None)


@bp.get("")
def index_messages() -> str:
    """Show the ledger, newest first."""
    staff = current_staff()
    asked = request.args.get("state")
    state = asked if asked in STATES else None
    number = request.args.get("q") or None
    with deps().database.transaction(staff.maker_id) as session:
        found = list_messages(
            session,
            brand_ids=staff.brand_ids,
            state=state,
            order_number=number,
            before=_before(),
            limit=PAGE + 1,
        )
    following = next_of(found)
    next_url = url_for(".index_messages", state=state, q=number, before=following)
    return render_template(
        "notifications/index.html",
        messages=found[:PAGE],
        state=state,
        q=number or "",
        next_url=next_url if following else None,
    )


@bp.get("/<uuid:message_id>")
def show_message(message_id: UUID) -> str:
    """Show one mail as it was or will be sent; what it links to stays hidden."""
    message = _own(message_id)
    mail = deps().writer.write(message, HIDDEN)
    text = mail.get_body(("plain",))
    return render_template(
        "notifications/show.html",
        message=message,
        subject=str(mail["Subject"]),
        text=text.get_content() if text else "",
    )


@bp.post("/<uuid:message_id>/retries")
def create_retry(message_id: UUID) -> Response:
    """Send the mail again."""
    staff = current_staff()
    demand_write(staff)
    _own(message_id)
    with deps().database.transaction(staff.maker_id) as session:
        retry_message(session, message_id=message_id)
    flash(_("The mail is on its way again."), "good")
    return redirect(url_for(".show_message", message_id=message_id))


def _own(message_id: UUID) -> Message:
    """Return the message if it is of a brand that the staff may see."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        message = get_message(session, message_id)
    if message.brand_id not in staff.brand_ids:
        raise MessageNotFound(_("There is no such message."))
    return message


def _before() -> UUID | None:
    text = request.args.get("before")
    try:
        return UUID(text) if text else None
    except ValueError as wrong:
        raise NotFound(_("There is no such message.")) from wrong
