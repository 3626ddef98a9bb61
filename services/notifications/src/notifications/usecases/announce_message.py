"""Tells the order's ledger where a mail is."""

from sqlalchemy.orm import Session

from common.delivery import publish
from notifications.domain.naming import masked
from notifications.events import MessageChanged
from notifications.store.models import Message


def announce_message(session: Session, message: Message) -> None:
    """Publish the message's present state, if an order's ledger shows it."""
    if message.order_id is None:
        return
    publish(
        session,
        MessageChanged(
            maker_id=message.maker_id,
            brand_id=message.brand_id,
            aggregate_id=message.id,
            message_id=message.id,
            order_id=message.order_id,
            kind=message.kind,
            recipient=message.recipient if message.brand_id else None,
            recipient_masked=masked(message.recipient),
            state=message.state,
            attempts=message.attempts,
            note=message.note,
            changed_at=message.changed_at,
        ),
    )
