"""The log of what operators did: who, what, why, how many. Rows are added and read, no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.audit import check_harmless
from common.context import current_trace
from common.delivery.tables import OperatorEntry
from common.operations.doer import Doer


@dataclass(frozen=True, slots=True)
class LogPage:
    rows: Sequence[OperatorEntry]
    next_after: UUID | None


def record_action(
    session: Session,
    doer: Doer,
    action: str,
    *,
    subject: Mapping[str, Any],
    number: int = 1,
    reason: str | None = None,
) -> None:
    """Write the action down, in the transaction that does it; what changed nothing is not there."""
    if number == 0:
        return
    check_harmless(subject)
    trace = current_trace()
    session.add(
        OperatorEntry(
            actor_kind=doer.kind,
            actor_id=doer.id,
            actor_name=doer.name,
            action=action,
            subject=dict(subject),
            reason=reason,
            number=number,
            request_id=trace.request_id if trace else "",
        )
    )


def list_actions(session: Session, *, after: UUID | None = None, limit: int = 50) -> LogPage:
    """Return one page of the log, newest first; `after` is the last id already seen."""
    query = select(OperatorEntry).order_by(OperatorEntry.id.desc()).limit(limit + 1)
    if after is not None:
        query = query.where(OperatorEntry.id < after)
    rows = session.scalars(query).all()
    page = rows[:limit]
    return LogPage(page, page[-1].id if len(rows) > limit else None)
