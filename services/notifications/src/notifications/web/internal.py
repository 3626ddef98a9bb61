"""What other services ask notifications."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from common.web.internal import answers, questions
from notifications.deps import deps
from notifications.usecases.retry_message import retry_message

bp = questions("notifications_questions", __name__)


class RetryIn(Schema):
    message_id = fields.UUID(required=True)
    maker_id = fields.UUID(required=True)


@answers(bp, "messages/retry", reads=RetryIn)
def create_retry(message_id: UUID, maker_id: UUID) -> Mapping[str, Any]:
    """Send the mail again; ten presses are one delivery."""
    with deps().database.transaction(maker_id) as session:
        return {"state": retry_message(session, message_id=message_id).state}
