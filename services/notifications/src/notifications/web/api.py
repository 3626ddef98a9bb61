"""The messages for integrators: /api/notifications/v1/messages."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from common.web.auth import current_staff, demand_write
from notifications.deps import deps
from notifications.domain.kinds import KINDS
from notifications.domain.states import STATES
from notifications.store.messages import Wanted, list_messages
from notifications.store.models import Message
from notifications.usecases.retry_message import retry_message
from notifications.web.viewer import own_message, owners_of

PAGE = 50
bp = Blueprint("notifications_api", __name__, url_prefix="/messages")


class MessageOut(Schema):
    id = fields.UUID()
    brand_id = fields.UUID(allow_none=True)
    order_id = fields.UUID(allow_none=True)
    order_number = fields.String(allow_none=True)
    kind = fields.String()
    recipient = fields.String()
    language = fields.String()
    state = fields.String()
    attempts = fields.Integer()
    note = fields.String(allow_none=True)
    created_at = fields.AwareDateTime()
    changed_at = fields.AwareDateTime()


class MessagesOut(Schema):
    messages = fields.List(fields.Nested(MessageOut))
    next = fields.UUID(allow_none=True)


class MessagesIn(Schema):
    before = fields.UUID(load_default=None)
    order_number = fields.String(load_default=None, validate=validate.Length(max=40))
    recipient = fields.Email(load_default=None)
    kind = fields.String(load_default=None, validate=validate.OneOf(list(KINDS)))
    state = fields.String(load_default=None, validate=validate.OneOf(STATES))


@bp.get("")
@bp.arguments(MessagesIn, location="query")
@bp.response(200, MessagesOut)
def index_messages(asked: dict[str, Any]) -> dict[str, Any]:
    """List messages, newest first, 50 a page; `next` is the `before` of the page after."""
    staff = current_staff()
    wanted = Wanted(
        owner_ids=owners_of(staff),
        states=(asked["state"],) if asked["state"] else STATES,
        kind=asked["kind"],
        search=asked["recipient"] or asked["order_number"],
        before=asked["before"],
        limit=PAGE + 1,
    )
    with deps().database.transaction(staff.maker_id) as session:
        found = list_messages(session, wanted)
    return {"messages": found[:PAGE], "next": next_of(found)}


@bp.get("/<uuid:message_id>")
@bp.response(200, MessageOut)
def show_message(message_id: UUID) -> Message:
    """Return one message."""
    return own_message(message_id)


@bp.post("/<uuid:message_id>/retries")
@bp.response(202, MessageOut)
def create_retry(message_id: UUID) -> Message:
    """Send the mail again, under its one Message-ID. Ten requests are one delivery."""
    staff = current_staff()
    demand_write(staff)
    own_message(message_id)
    with deps().database.transaction(staff.maker_id) as session:
        return retry_message(session, message_id=message_id, also_done=True)


def next_of(found: Sequence[Any]) -> UUID | None:
    """Return where the next page begins, if one more than a page was found."""
    return found[PAGE - 1].id if len(found) > PAGE else None
