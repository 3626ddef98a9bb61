"""Sends a mail again: a failed one, a waiting one now, on wish one that has arrived."""

from uuid import UUID

from sqlalchemy.orm import Session

from common.delivery import retry_call
from notifications.store.messages import get_message
from notifications.store.models import Message
from notifications.usecases.record_state import record_state


def retry_message(session: Session, *, message_id: UUID, also_done: bool = False) -> Message:
    """Let the mail go (again), under its one Message-ID. Ten presses are one delivery.

    Raises MessageNotFound.
    """
    message = get_message(session, message_id)
    if message.call_id is not None:
        call = retry_call(session, message.call_id, also_done=also_done)
        session.refresh(call)
        if call.state != message.state:
            record_state(session, call)
    return message
