"""A person's mails: those that have not gone yet, and those to others that name the person."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from common.delivery import OutboundCall
from common.privacy import Person
from notifications.store.models import Message

WRITTEN_TO = "recipient_key = any(:emails)"
ABOUT = """(order_id = any(:order_ids) or values #>> '{buyer,buyer_id}' = any(:buyer_texts)
  or values ->> 'buyer_name' = any(:names))"""
OPEN = "state in ('pending', 'sending', 'unknown', 'accepted')"

TO_OTHERS = text(f"select count(*) from messages where {ABOUT} and not {WRITTEN_TO} and {OPEN}")  # noqa: S608
LEAVING = text(f"select count(*) from messages where {WRITTEN_TO} and state = 'sending'")  # noqa: S608


def find_unsent(session: Session, person: Person, maker_id: UUID | None) -> list[str]:
    """Say so while mails to others about the person wait, or one to the person is leaving."""
    if maker_id is None:
        return []
    number = int(session.scalar(TO_OTHERS, person.params(maker_id)) or 0)
    found = [f"{number} mails to others about the person are not sent yet: wait."] if number else []
    if session.scalar(LEAVING, person.params(maker_id)):
        found.append("A mail to the person is being sent at this moment: try again.")
    return found


def list_unsent(session: Session, person: Person) -> Sequence[Message]:
    """Return the maker's mails to the person that have not gone, row-locked."""
    query = select(Message).where(Message.recipient_key.in_(person.emails), Message.state != "done")
    return session.scalars(query.order_by(Message.id).with_for_update()).all()


def skip_calls(session: Session, ids: Collection[UUID]) -> None:
    """Let these calls stay dead: nobody need look at them again."""
    chosen = update(OutboundCall).where(OutboundCall.id.in_(ids), OutboundCall.state != "done")
    skipped = {"skipped_at": func.now(), "skip_reason": "erased", "skipped_by": "orderlink privacy"}
    session.execute(chosen.values(state="dead", **skipped))
