"""Queries about links."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.errors import NotFound
from links.store.models import Link, LinkCount, LinkToken


class LinkNotFound(NotFound):
    code = "link_not_found"


class ListedLink(NamedTuple):
    """A link and what happened on it."""

    link: Link
    signed_in: int
    orders: int


def find_token(session: Session, token: str) -> LinkToken | None:
    """Return whose link this token opens; needs no tenant."""
    return session.get(LinkToken, token)


def get_link(session: Session, link_id: UUID) -> Link:
    """Return the maker's link, unless it is deleted (R11). Raises LinkNotFound."""
    link = session.get(Link, link_id)
    if link is None or link.status == "deleted":
        raise LinkNotFound("There is no such link.")
    return link


def lock_link(session: Session, link_id: UUID) -> Link:
    """Return the link, row-locked until commit. Raises LinkNotFound."""
    query = select(Link).where(Link.id == link_id, Link.status != "deleted").with_for_update()
    link = session.scalars(query).one_or_none()
    if link is None:
        raise LinkNotFound("There is no such link.")
    return link


def list_links(
    session: Session,
    *,
    brand_ids: Collection[UUID],
    search: str = "",
    before: UUID | None = None,
    limit: int = 50,
) -> Sequence[ListedLink]:
    """Return links of these brands, newest first, at most `limit`, older than `before`."""
    query = (
        select(Link, LinkCount.signed_in, LinkCount.orders)
        .outerjoin(LinkCount, LinkCount.link_id == Link.id)
        .where(Link.brand_id.in_(brand_ids), Link.status != "deleted")
        .order_by(Link.id.desc())
        .limit(limit)
    )
    if search := search.replace("\x00", ""):
        query = query.where(Link.name.icontains(search, autoescape=True))
    if before:
        query = query.where(Link.id < before)
    rows = session.execute(query).all()
    return [ListedLink(link, signed_in or 0, orders or 0) for link, signed_in, orders in rows]


def add_to_counts(
    session: Session, *, maker_id: UUID, link_id: UUID, signed_in: int = 0, orders: int = 0
) -> None:
    """Count more of what happened on the link."""
    first = insert(LinkCount).values(
        link_id=link_id, maker_id=maker_id, signed_in=signed_in, orders=orders
    )
    session.execute(
        first.on_conflict_do_update(
            index_elements=["link_id"],
            set_={
                "signed_in": LinkCount.signed_in + signed_in,
                "orders": LinkCount.orders + orders,
            },
        )
    )
