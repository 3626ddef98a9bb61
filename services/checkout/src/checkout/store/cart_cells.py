"""A cart's cells, read and written in fixed words: what every keystroke in a grid and every order does.

SQLAlchemy puts the same statement together anew each time, for three times the processor that
PostgreSQL needs to answer it; here it is written out.
"""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from checkout.domain.pricing import Wish
from common.together import Asked

_WHOLE = """
select cart.version, line.catalog_id, line.sku_id, line.quantity, line.desired_on, line.note
from carts as cart left join cart_lines as line on line.cart_id = cart.id
where cart.buyer_id = :buyer_id and cart.{mine} = :place
order by line.added_at, line.catalog_id, line.sku_id
"""

_TURN = """
update carts set version = version + 1, changed_at = now()
where buyer_id = :buyer_id and {mine} = :place returning id, version
"""

_TAKE_AWAY = text("""
delete from cart_lines
where cart_id = :cart_id and catalog_id = :catalog_id and sku_id = :sku_id
""")

_PUT = """
insert into cart_lines (cart_id, catalog_id, sku_id, maker_id, quantity, desired_on, note)
values (:cart_id, :catalog_id, :sku_id, :maker_id, :quantity, :desired_on, :note)
on conflict (cart_id, catalog_id, sku_id) do update set {changed}
"""


def _both(words: str) -> dict[str, TextClause]:
    """Return the statement for the cart of a link, and for that of a catalog (R88)."""
    return {mine: text(words.format(mine=mine)) for mine in ("link_id", "catalog_id")}


_WHOLES, _TURNS = _both(_WHOLE), _both(_TURN)
_PUTS = {
    given: text(_PUT.format(changed=", ".join(f"{name} = excluded.{name}" for name in given)))
    for count in range(1, 4)
    for given in combinations(("desired_on", "note", "quantity"), count)
}
"""By the fields that are given, in the order of their names."""


def read_whole(
    session: Session, *, catalog_id: UUID | None = None, buyer_id: UUID, link_id: UUID | None
) -> tuple[int, tuple[Wish, ...]]:
    """Return version and lines, oldest first, in 1 query; an untouched cart is 0 and empty."""
    own = asking_whole(catalog_id=catalog_id, buyer_id=buyer_id, link_id=link_id)
    return whole_of(session.execute(*own).all())


def asking_whole(*, catalog_id: UUID | None, buyer_id: UUID, link_id: UUID | None) -> Asked:
    mine = "link_id" if link_id else "catalog_id"
    return _WHOLES[mine], {"buyer_id": buyer_id, "place": link_id or catalog_id}


def whole_of(rows: Sequence[Any]) -> tuple[int, tuple[Wish, ...]]:
    if not rows:
        return 0, ()
    return rows[0][0], tuple(wish_of(*row[1:]) for row in rows if row[1] is not None)


def take_turn(
    session: Session, *, catalog_id: UUID | None = None, buyer_id: UUID, link_id: UUID | None
) -> tuple[UUID, int] | None:
    """Count the cart up, which locks it until commit; return its id and version, None for none."""
    mine = "link_id" if link_id else "catalog_id"
    own = {"buyer_id": buyer_id, "place": link_id or catalog_id}
    row = session.execute(_TURNS[mine], own).one_or_none()
    return (row[0], row[1]) if row else None


def write_cell(
    session: Session, wish: Wish, *, cart_id: UUID, maker_id: UUID, given: Collection[str]
) -> None:
    """Put the line so, or take it away at quantity 0; the last writer of a cell wins.

    Of a line that is there already only the `given` fields change. The cart was counted up already.
    """
    key = {"cart_id": cart_id, "catalog_id": wish.catalog_id, "sku_id": wish.sku_id}
    if wish.quantity == 0:
        session.execute(_TAKE_AWAY, key)
        return
    values = {"quantity": wish.quantity, "desired_on": wish.desired_on, "note": wish.note}
    session.execute(_PUTS[tuple(sorted(given))], key | values | {"maker_id": maker_id})


def wish_of(
    catalog_id: UUID, sku_id: UUID, quantity: int, desired_on: date | None, note: str | None
) -> Wish:
    return Wish(
        catalog_id=catalog_id,
        sku_id=sku_id,
        quantity=quantity,
        desired_on=desired_on,
        note=note,
    )
