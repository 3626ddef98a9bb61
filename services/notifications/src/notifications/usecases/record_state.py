"""Copies what became of a sending onto the ledger's row."""

from uuid import UUID

from sqlalchemy.orm import Session

from common.delivery import OutboundCall
from notifications.store.messages import get_message
from notifications.usecases.announce_message import announce_message


def record_state(session: Session, call: OutboundCall) -> None:
    """Set state, attempts and words of the call's message, and announce them."""
    message = get_message(session, UUID(call.payload["message_id"]))
    message.state = call.state
    message.attempts = call.attempts
    message.note = call.last_error or call.note
    message.changed_at = call.changed_at
    session.flush()
    announce_message(session, message)
