"""Sends an erased person nothing any more: what waits or was given up stays where it is."""

from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from common.privacy import Person
from notifications.store.messages_of_person import list_unsent, skip_calls
from notifications.usecases.announce_message import announce_message

ERASED = "Not sent: what we held of the person was erased."


def stop_mails(session: Session, person: Person, maker_id: UUID | None) -> None:
    """Stop the maker's mails to the person, and tell the orders' ledgers."""
    if maker_id is None:
        return
    messages = list_unsent(session, person)
    skip_calls(session, [each.call_id for each in messages if each.call_id])
    for message in messages:
        if message.state == "dead":
            continue
        message.state, message.note, message.changed_at = "dead", ERASED, func.now()
        session.flush()
        session.refresh(message)
        announce_message(session, message)
