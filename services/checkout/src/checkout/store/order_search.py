"""Finding orders among very many: every page is a few short steps down an index, never a count.

Ids grow with time, so they are the order of the list, the place of a page and the age of an order.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, select, text
from sqlalchemy.orm import Session

from checkout.store.models import Order
from checkout.store.orders import PAGE, OrderPage
from common.ids import first_id_at

WHOLE_NUMBER = re.compile(r"[A-Z0-9]{2,6}-[0-9]{8}")
UPLOADS = {
    "failed": ("dead",),
    "waiting": ("pending", "unknown", "sending", "accepted"),
    "done": ("done",),
    "not_uploaded": ("not_connected", "not_yen"),
}
"""Where an upload stands, in four words, and the states of slips that each means."""

# One walk per brand, then merged.
BY_BRAND = """
select found.id from unnest(cast(:brands as uuid[])) as brand
cross join lateral (
  select o.id from orders o where o.brand_id = brand{more}
  order by {place} {direction} limit :size) as found
order by found.id {direction} limit :size"""
# One walk per brand and state over the slips; an order's later slips are the same order.
BY_UPLOAD = """
select distinct found.id from unnest(cast(:brands as uuid[])) as brand
cross join unnest(cast(:states as text[])) as one_state
cross join lateral (
  select distinct s.order_id as id from next_engine_slips s{join}
  where s.brand_id = brand and s.state = one_state{more}
  order by s.order_id {direction} limit :size) as found
order by found.id {direction} limit :size"""
JOIN = " join orders o on o.id = s.order_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which orders. `number` is an order number or how it begins."""

    brand_ids: Collection[UUID]
    number: str = ""
    state: str | None = None
    upload: str | None = None
    """A key of UPLOADS."""
    link_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    """Placed from `since` on and before `until`."""
    before: UUID | None = None
    after: UUID | None = None
    size: int = PAGE

    @property
    def is_filtered(self) -> bool:
        return any((self.number, self.state, self.upload, self.link_id, self.since, self.until))


def search_orders(session: Session, wanted: Wanted) -> OrderPage:
    """Return a page of what is wanted, newest first, and where the neighbouring pages begin."""
    ids = _find(session, replace(wanted, size=wanted.size + 1))
    is_more, ids = len(ids) > wanted.size, ids[: wanted.size]
    query = select(Order).where(Order.id.in_(ids)).order_by(Order.id.desc())
    rows: Sequence[Order] = session.scalars(query).all() if ids else ()
    goes_up = wanted.after is not None
    has_newer = is_more if goes_up else wanted.before is not None
    has_older = goes_up or is_more
    return OrderPage(
        orders=rows,
        newer=rows[0].id if rows and has_newer else None,
        older=rows[-1].id if rows and has_older else None,
    )


def search_query(wanted: Wanted) -> TextClause:
    """Return the query for ids. Which index it walks is chosen here, not left to the planner."""
    more = f" and {_compares_number(wanted.number)}" if wanted.number else ""
    more += " and o.state = :state" if wanted.state else ""
    join = JOIN if more else ""
    # A slip knows its order's link, and one index has both: no other link's slips are walked.
    by = "s" if wanted.upload else "o"
    more += f" and {by}.link_id = :link_id" if wanted.link_id else ""
    id_column, given = "s.order_id" if wanted.upload else "o.id", _bounds(wanted)
    more += f" and {id_column} < :newest" if given["newest"] else ""
    more += f" and {id_column} >= :oldest" if given["oldest"] else ""
    template = BY_UPLOAD if wanted.upload else BY_BRAND
    direction = "asc" if wanted.after else "desc"
    # A brand's numbers grow as its ids do, and only their own index finds a beginning quickly.
    place = "o.order_number" if wanted.number else "o.id"
    return text(template.format(more=more, join=join, place=place, direction=direction))


def search_values(wanted: Wanted) -> dict[str, Any]:
    return _bounds(wanted) | {
        "brands": list(wanted.brand_ids),
        "states": list(UPLOADS.get(wanted.upload or "", ())),
        "number": wanted.number.upper(),
        "state": wanted.state,
        "link_id": wanted.link_id,
        "size": wanted.size,
    }


def trust_the_indexes(session: Session) -> None:
    """Let the rest of this transaction read along indexes, whatever stale statistics advise."""
    session.execute(text("set local enable_bitmapscan = off"))
    session.execute(text("set local enable_seqscan = off"))


def _find(session: Session, wanted: Wanted) -> list[UUID]:
    trust_the_indexes(session)
    return list(session.execute(search_query(wanted), search_values(wanted)).scalars())


def _bounds(wanted: Wanted) -> dict[str, UUID | None]:
    """Return the ids between which to look: of the page and of the days, whichever is nearer."""
    ends = [first_id_at(wanted.until)] if wanted.until else []
    starts = [first_id_at(wanted.since)] if wanted.since else []
    ends += [wanted.before] if wanted.before else []
    starts += [UUID(int=wanted.after.int + 1)] if wanted.after else []
    return {
        "newest": min(ends) if ends else None,
        "oldest": max(starts) if starts else None,
    }


def _compares_number(number: str) -> str:
    """A whole number is looked up; of a beginning, the newest orders that have it come first."""
    if WHOLE_NUMBER.fullmatch(number.upper()):
        return "o.order_number = :number"
    # Comparisons alone can use an index behind row-level security; `like` and starts_with cannot.
    is_from = "o.order_number >= cast(:number as text)"
    return f"{is_from} and o.order_number < cast(:number as text) || chr(1114111)"
