"""Queries about messages. Each list is read backwards along an index, however long it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.errors import NotFound
from notifications.domain.states import STATES
from notifications.store.models import Message

# One short step down an index per owner and state, then merged. `place` is the id in a column
# of its own: only the ledger's indexes know it, so no plan can walk the primary key instead.
BY_STATE = """
select found.id from unnest(cast(:owners as uuid[])) as owner
cross join unnest(cast(:states as text[])) as one_state
cross join lateral (
  select id from messages where owner_id = owner and state = one_state{more}
  order by place desc limit :limit) as found
order by found.id desc limit :limit"""
BY_RECIPIENT = """
select found.id from unnest(cast(:owners as uuid[])) as owner
cross join lateral (
  select id from messages
  where owner_id = owner and recipient_key = :search and state = any(:states){more}
  order by place desc limit :limit) as found
order by found.id desc limit :limit"""
# An order has a handful of mails: they are fetched first, and sorted then.
BY_ORDER = """
with found as materialized (
  select id, kind, state, place from messages where owner_id = any(:owners) and order_number = :search)
select id from found where state = any(:states){more} order by id desc limit :limit"""


class MessageNotFound(NotFound):
    code = "message_not_found"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which messages are asked for. `search` is a whole address or a whole order number."""

    owner_ids: Collection[UUID]
    states: Sequence[str] = STATES
    kind: str | None = None
    search: str | None = None
    before: UUID | None = None
    limit: int = 50


def add_message(session: Session, **values: Any) -> Message | None:
    """Write the message down, once for (subject, kind, recipient); None when it is there."""
    statement = insert(Message).values(values).on_conflict_do_nothing()
    return session.scalars(statement.returning(Message)).one_or_none()


def get_message(session: Session, message_id: UUID) -> Message:
    """Return the maker's message. Raises MessageNotFound."""
    message = session.get(Message, message_id)
    if message is None:
        raise MessageNotFound("There is no such message.")
    return message


def list_messages(session: Session, wanted: Wanted) -> Sequence[Message]:
    """Return what is wanted, newest first, at most `limit`."""
    trust_the_indexes(session)
    found = session.execute(list_query(wanted), list_values(wanted)).scalars().all()
    query = select(Message).where(Message.id.in_(found))
    return session.scalars(query.order_by(Message.id.desc())).all()


def numbers_of_orders(session: Session, order_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the orders' numbers by id: identity asks for a mail without one, others know it."""
    query = select(Message.order_id, Message.order_number).distinct()
    known = query.where(Message.order_id.in_(order_ids), Message.order_number.is_not(None))
    return {row.order_id: row.order_number for row in session.execute(known)}


def trust_the_indexes(session: Session) -> None:
    """Let the rest of this transaction read along indexes, whatever stale statistics advise.

    Where an index gives the order, fetching everything first and sorting it is never quicker.
    """
    session.execute(text("set local enable_bitmapscan = off"))
    session.execute(text("set local enable_seqscan = off"))


def list_query(wanted: Wanted) -> TextClause:
    """Return the query for ids. Which index it walks is chosen here, not left to the planner."""
    more = " and kind = :kind" if wanted.kind else ""
    more += " and place < :before" if wanted.before else ""
    if wanted.search is None:
        return text(BY_STATE.format(more=more))
    return text((BY_RECIPIENT if "@" in wanted.search else BY_ORDER).format(more=more))


def list_values(wanted: Wanted) -> dict[str, Any]:
    search = (wanted.search or "").strip()
    return {
        "owners": list(wanted.owner_ids),
        "states": list(wanted.states),
        "kind": wanted.kind,
        "search": search.lower() if "@" in search else search.upper(),
        "before": wanted.before,
        "limit": wanted.limit,
    }
