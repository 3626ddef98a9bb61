"""Write down who changed what, in the transaction that changes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit.entries import AuditEntry
from common.audit.values import Actor, Subject, check_harmless, differences
from common.context import current_trace

NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happens: the maker, and the brand unless it concerns the maker as a whole."""

    maker_id: UUID
    brand_id: UUID | None


def record_change(
    session: Session,
    *,
    actor: Actor,
    place: Place,
    action: str,
    subject: Subject,
    now: datetime,
    before: Mapping[str, Any] = NOTHING,
    after: Mapping[str, Any] = NOTHING,
) -> None:
    """Add one entry with what differs between before and after; values must be plain JSON."""
    was, became = differences(before, after)
    check_harmless(was)
    check_harmless(became)
    trace = current_trace()
    session.add(
        AuditEntry(
            maker_id=place.maker_id,
            brand_id=place.brand_id,
            at=now,
            actor_kind=actor.kind,
            actor_id=actor.id,
            actor_name=actor.name,
            action=action,
            subject_kind=subject.kind,
            subject_id=subject.id,
            subject_name=subject.name,
            before=was,
            after=became,
            request_id=trace.request_id if trace else "",
        )
    )
