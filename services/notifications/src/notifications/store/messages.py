"""Queries about messages and recipients."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.errors import NotFound
from common.ids import new_id
from notifications.store.models import Message


class MessageNotFound(NotFound):
    code = "message_not_found"


def add_message(session: Session, **values: Any) -> Message | None:
    """Write the message down, once for (subject, kind, recipient); None when it is there."""
    statement = insert(Message).values(id=new_id(), **values).on_conflict_do_nothing()
    return session.scalars(statement.returning(Message)).one_or_none()


def get_message(session: Session, message_id: UUID) -> Message:
    """Return the maker's message. Raises MessageNotFound."""
    message = session.get(Message, message_id)
    if message is None:
        raise MessageNotFound("There is no such message.")
    return message


def list_messages(
    session: Session,
    *,
    brand_ids: Collection[UUID],
    state: str | None = None,
    order_number: str | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> list[Message]:
    """Return messages of these brands, newest first, at most `limit`, older than `before`."""
    query = select(Message).where(Message.brand_id.in_(brand_ids))
    if state:
        query = query.where(Message.state == state)
    if order_number:
        query = query.where(Message.order_number == order_number.strip().upper())
    if before:
        query = query.where(Message.id < before)
    return list(session.scalars(query.order_by(Message.id.desc()).limit(limit)))
