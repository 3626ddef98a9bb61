"""Pages of links in any order, each found by an index of its own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal_column, select, tuple_
from sqlalchemy.orm import Session

from common.search import has_words
from links.domain.listing import Cursor, Order, Show
from links.store.models import Link, LinkCount

Listing: TypeAlias = "Select[Link, int, int]"
NEVER: ColumnElement[datetime] = literal_column("'infinity'::timestamptz")
KEYS: dict[Order, tuple[Any, ...]] = {
    Order.NEWEST: (Link.id,),
    Order.NAME: (Link.name, Link.id),
    Order.RELEASE: (func.coalesce(Link.release_at, NEVER), Link.id),
    Order.EXPIRY: (func.coalesce(Link.expires_at, NEVER), Link.id),
    Order.ORDERS: (LinkCount.orders, LinkCount.link_id),
}
FALLING = {Order.NEWEST, Order.ORDERS}


@dataclass(frozen=True, slots=True)
class ListedLink:
    """A link and what happened on it."""

    link: Link
    signed_in: int
    orders: int


@dataclass(frozen=True, slots=True)
class LinkPage:
    """One page of the list, with the cursors of its neighbours."""

    rows: tuple[ListedLink, ...]
    previous: Cursor | None
    next: Cursor | None


def list_links(
    session: Session,
    *,
    brand_ids: Collection[UUID],
    now: datetime,
    search: str = "",
    show: Show = Show.ALL,
    order: Order = Order.NEWEST,
    cursor: Cursor | None = None,
    size: int = 50,
) -> LinkPage:
    """Return one page of links of these brands; deleted ones are not there (R11)."""
    is_backwards = cursor is not None and cursor.is_backwards
    query = _shown(_of_brands(brand_ids), show, now)
    query = query.where(has_words(Link.search_text, search))
    is_falling = (order in FALLING) is not is_backwards
    if cursor is not None:
        query = query.where(_beyond(cursor, is_falling))
    keys = (key.desc() if is_falling else key.asc() for key in KEYS[order])
    rows = session.execute(query.order_by(*keys).limit(size + 1)).all()
    found = [ListedLink(link, signed_in, orders) for link, signed_in, orders in rows]
    return _page(found, order, size, cursor)


def _of_brands(brand_ids: Collection[UUID]) -> Listing:
    return (
        select(Link, LinkCount.signed_in, LinkCount.orders)
        .join(LinkCount, LinkCount.link_id == Link.id)
        .where(Link.brand_id.in_(brand_ids), Link.status != "deleted")
    )


def _shown(query: Listing, show: Show, now: datetime) -> Listing:
    if show is Show.ALL:
        return query
    if show is Show.VOID:
        return query.where(Link.status == "void")
    query = query.where(Link.status == "open")
    released = func.coalesce(Link.release_at, now) <= now
    ended = func.coalesce(Link.expires_at, NEVER) <= now
    if show is Show.NOT_YET_RELEASED:
        return query.where(Link.release_at > now)
    return query.where(released, ended if show is Show.EXPIRED else ~ended)


def _beyond(cursor: Cursor, is_falling: bool) -> ColumnElement[bool]:
    keys = KEYS[cursor.order]
    if cursor.order is Order.NEWEST:
        return Link.id < cursor.id if is_falling else Link.id > cursor.id
    value: Any = cursor.key
    if cursor.order in (Order.RELEASE, Order.EXPIRY):
        value = datetime.fromisoformat(str(cursor.key)) if cursor.key else NEVER
    here, there = tuple_(*keys), tuple_(value, cursor.id)
    return here < there if is_falling else here > there


def _page(found: list[ListedLink], order: Order, size: int, cursor: Cursor | None) -> LinkPage:
    is_backwards = cursor is not None and cursor.is_backwards
    has_more = len(found) > size
    rows = found[:size][::-1] if is_backwards else found[:size]
    if not rows:
        return LinkPage((), None, None)
    has_before = has_more if is_backwards else cursor is not None
    has_after = is_backwards or has_more
    return LinkPage(
        tuple(rows),
        _cursor(rows[0], order, is_backwards=True) if has_before else None,
        _cursor(rows[-1], order, is_backwards=False) if has_after else None,
    )


def _cursor(row: ListedLink, order: Order, *, is_backwards: bool) -> Cursor:
    link = row.link
    keys: dict[Order, str | int | None] = {
        Order.NAME: link.name,
        Order.RELEASE: link.release_at.isoformat() if link.release_at else None,
        Order.EXPIRY: link.expires_at.isoformat() if link.expires_at else None,
        Order.ORDERS: row.orders,
    }
    return Cursor(order, keys.get(order), link.id, is_backwards)
