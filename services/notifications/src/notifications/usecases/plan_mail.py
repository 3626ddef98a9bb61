"""Writes a mail down as a ledger row and as work for the sender, once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from common.delivery import plan_call
from common.privacy.fates import is_erased
from common.translations import LANGUAGES
from notifications.domain.kinds import KINDS
from notifications.domain.languages import mail_language
from notifications.domain.naming import message_id
from notifications.store.messages import add_message
from notifications.store.switches import is_switched_off
from notifications.usecases.announce_message import announce_message

MAIL = "mail"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a mail is about: an order, or a reference that identity gave."""

    event_id: UUID
    maker_id: UUID
    brand_id: UUID | None
    subject_id: UUID
    order_id: UUID | None
    order_number: str | None
    time_zone: str
    values: Mapping[str, Any]


def plan_mail(session: Session, subject: Subject, kind: str, recipient: str, language: str) -> None:
    """Plan one mail, unless the brand switched its kind off or the recipient was erased.

    The same subject, kind and recipient again: nothing happens (R207).
    """
    if is_erased(recipient):
        return
    if KINDS[kind].has_switch and is_switched_off(session, brand_id=subject.brand_id, kind=kind):
        return
    message = add_message(
        session,
        id=message_id(subject.event_id, subject.subject_id, kind=kind, recipient=recipient),
        maker_id=subject.maker_id,
        brand_id=subject.brand_id,
        subject_id=subject.subject_id,
        order_id=subject.order_id,
        order_number=subject.order_number,
        kind=kind,
        recipient=recipient,
        language=mail_language(language, LANGUAGES),
        time_zone=subject.time_zone,
        values=dict(subject.values),
    )
    if message is None:
        return
    message.call_id = plan_call(
        session,
        event_id=subject.event_id,
        kind=MAIL,
        recipient=f"{kind}:{message.id}",
        payload={"message_id": str(message.id)},
        maker_id=subject.maker_id,
    )
    message.changed_at = func.now()
    session.flush()
    session.refresh(message)
    announce_message(session, message)
