"""Counting steps by the hour, and reading them by the day of somebody's zone."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.watching.committed import count_after_commit
from links.counts import STEPS
from links.domain.steps import Counted, Step
from links.store.models import LinkStep, SeenStep

BY_DAY = text("""
select (at_hour at time zone :zone)::date as day, step, detail, sum(times) as times, sum(minor) as minor
from link_steps
where link_id = :link_id
  and at_hour >= (cast(:first as date)::timestamp at time zone :zone)
  and at_hour < ((cast(:last as date) + 1)::timestamp at time zone :zone)
group by 1, 2, 3
""")


class LinkKey(NamedTuple):
    """Which link, and whose."""

    maker_id: UUID
    link_id: UUID


def add_step(
    session: Session,
    step: Step,
    link: LinkKey,
    *,
    at: datetime,
    detail: str = "",
    times: int = 1,
    minor: int = 0,
) -> None:
    """Count a step in the hour in which it was taken."""
    row: Mapping[str, Any] = {
        **link._asdict(),
        "at_hour": at.replace(minute=0, second=0, microsecond=0),
        "step": step.value,
        "detail": detail,
        "times": times,
        "minor": minor,
    }
    first = insert(LinkStep).values(**row)
    more = {"times": LinkStep.times + times, "minor": LinkStep.minor + minor}
    keys = ["link_id", "at_hour", "step", "detail"]
    session.execute(first.on_conflict_do_update(index_elements=keys, set_=more))
    count_after_commit(session, STEPS.labels(step.value), times)


def is_new(session: Session, step: Step, link: LinkKey, *, visitor: str, at: datetime) -> bool:
    """Note that this visitor took the step; False when it was noted before."""
    row = {**link._asdict(), "visitor": visitor, "step": step.value}
    noted = insert(SeenStep).values(**row, seen_at=at).on_conflict_do_nothing()
    return session.execute(noted.returning(SeenStep.visitor)).one_or_none() is not None


def was_seen(session: Session, link: LinkKey, *, visitor: str, before: datetime) -> bool:
    """Whether a page's script had shown itself to this visitor by then."""
    key = {"link_id": link.link_id, "visitor": visitor, "step": Step.SEEN.value}
    row = session.get(SeenStep, key)
    return row is not None and row.seen_at < before


def read_steps(
    session: Session, link_id: UUID, *, first: date, last: date, zone: str
) -> Iterable[Counted]:
    """Return what was counted on these days of that zone, by day, step and detail."""
    asked = {"link_id": link_id, "first": first, "last": last, "zone": zone}
    rows = session.execute(BY_DAY, asked)
    return [Counted(r.day, Step(r.step), r.detail, int(r.times), int(r.minor)) for r in rows]


def list_step_makers(session: Session) -> list[UUID]:
    """Return the makers that have links, for work that goes through all tenants."""
    return list(session.scalars(text("select distinct maker_id from link_tokens")))


def forget_visitors(session: Session, *, before: datetime) -> None:
    """Forget who has been counted; the counts stay."""
    session.execute(delete(SeenStep).where(SeenStep.seen_at < before))
