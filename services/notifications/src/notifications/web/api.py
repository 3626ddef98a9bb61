"""The messages for integrators: /api/notifications/v1/messages."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from common.web.auth import current_staff
from notifications.deps import deps
from notifications.store.messages import list_messages

PAGE = 50
bp = Blueprint("notifications_api", __name__, url_prefix="/messages")


class MessageOut(Schema):
    id = fields.UUID()
    brand_id = fields.UUID()
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
    order_number = fields.String(load_default=None)
    state = fields.String(
        load_default=None,
        validate=validate.OneOf(["pending", "sending", "unknown", "accepted", "done", "dead"]),
    )


@bp.get("")
@bp.arguments(MessagesIn, location="query")
@bp.response(200, MessagesOut)
def index_messages(asked: dict[str, Any]) -> dict[str, Any]:
    """List messages, newest first, 50 a page; `next` is the `before` of the page after."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_messages(session, brand_ids=staff.brand_ids, limit=PAGE + 1, **asked)
    return {"messages": found[:PAGE], "next": next_of(found)}


def next_of(found: list[Any]) -> UUID | None:
    """Return where the next page begins, if one more than a page was found."""
    return found[PAGE - 1].id if len(found) > PAGE else None
