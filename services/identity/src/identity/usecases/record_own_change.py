"""What members of staff change about their own accounts is written down for their maker."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from common.audit import NOTHING, Actor, Place, Subject, record_change
from common.db import act_as
from identity.store.models import StaffLookup, User


def record_own_change(
    session: Session,
    user: User,
    action: str,
    *,
    now: datetime,
    before: Mapping[str, Any] = NOTHING,
    after: Mapping[str, Any] = NOTHING,
) -> None:
    """Add an entry if the user is staff of a maker; accounts of customers are their own affair."""
    found = session.get(StaffLookup, user.id)
    if found is None:
        return
    act_as(session, found.maker_id)
    record_change(
        session,
        actor=Actor("user", user.id, user.name),
        place=Place(found.maker_id, None),
        action=action,
        subject=Subject("member", user.id, user.name),
        before=before,
        after=after,
        now=now,
    )
