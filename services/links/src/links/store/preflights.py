"""What the pre-flight found last, kept per link."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from links.store.models import Link, LinkPreflight, LinkToken


@dataclass(frozen=True, slots=True)
class Mark:
    """What the list says of a link: how many findings, and whether one of them blocks."""

    warnings: int
    blocks: int
    checked_at: datetime


def find_preflight(session: Session, link_id: UUID) -> LinkPreflight | None:
    return session.get(LinkPreflight, link_id)


def list_marks(session: Session, link_ids: Collection[UUID]) -> dict[UUID, Mark]:
    """Return the marks of these links in one query; a link that was never looked at has none."""
    columns = (LinkPreflight.warnings, LinkPreflight.blocks, LinkPreflight.checked_at)
    query = select(LinkPreflight.link_id, *columns).where(LinkPreflight.link_id.in_(link_ids))
    return {
        link_id: Mark(warnings, blocks, checked_at)
        for link_id, warnings, blocks, checked_at in session.execute(query)
    }


def keep_preflights(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store these in one statement; what was found later, or on a newer link, stays."""
    if not rows:
        return
    statement = insert(LinkPreflight).values(list(rows))
    new = statement.excluded
    columns = ("version", "findings", "warnings", "blocks", "checked_at")
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["link_id"],
            set_={name: new[name] for name in columns},
            where=(new.version >= LinkPreflight.version)
            & (new.checked_at > LinkPreflight.checked_at),
        )
    )


def list_makers(session: Session) -> Sequence[UUID]:
    """Return every maker that has a link; needs no tenant."""
    return session.scalars(select(LinkToken.maker_id).distinct()).all()


def list_due_links(session: Session, *, before: datetime, limit: int) -> Sequence[Link]:
    """Return the maker's open links last looked at before that instant, those waiting longest first.

    One that has been looked at since it expired changes no more and is left alone.
    """
    checked = LinkPreflight.checked_at
    query = (
        select(Link)
        .outerjoin(LinkPreflight, LinkPreflight.link_id == Link.id)
        .where(
            Link.status == "open",
            or_(checked.is_(None), checked < before),
            or_(Link.expires_at.is_(None), checked.is_(None), Link.expires_at > checked),
        )
        .order_by(checked.asc().nulls_first(), Link.id)
        .limit(limit)
    )
    return session.scalars(query).all()
