"""Sends a failed mail again, or a waiting one now."""

from uuid import UUID

from sqlalchemy.orm import Session

from common.delivery import retry_call
from notifications.store.messages import get_message
from notifications.store.models import Message
from notifications.usecases.record_state import record_state


def retry_message(session: Session, *, message_id: UUID) -> Message:
    """Let the mail go (again). Ten presses are one delivery. Raises MessageNotFound."""
    message = get_message(session, message_id)
    if message.call_id is not None:
        call = retry_call(session, message.call_id)
        session.refresh(call)
        if call.state != message.state:
            record_state(session, call)
    return message
