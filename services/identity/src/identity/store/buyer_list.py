"""The list of buyers that staff sees: searched, filtered, keyset by keyset."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from common.search import has_words
from identity.store.models import Brand, Buyer

AnySelect = TypeVar("AnySelect", bound=Select[*tuple[Any, ...]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is asked for. `brand_ids` are those that the asker may see."""

    brand_ids: Collection[UUID]
    text: str = ""
    kind: str | None = None
    tag: str | None = None
    after: UUID | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Found:
    rows: Sequence[tuple[Buyer, Brand]]
    next_after: UUID | None
    """The last id of this page when there is another, else None."""


def search_buyers(session: Session, search: Search) -> Found:
    """Return one page, newest first."""
    query = _matching(select(Buyer, Brand).join(Brand, Brand.id == Buyer.brand_id), search)
    if search.after:
        query = query.where(Buyer.id < search.after)
    rows = [
        (b, brand)
        for b, brand in session.execute(query.order_by(Buyer.id.desc()).limit(search.limit + 1))
    ]
    page = rows[: search.limit]
    return Found(page, page[-1][0].id if len(rows) > search.limit else None)


def list_named(session: Session, *, brand_id: UUID, buyer_ids: Collection[UUID]) -> Sequence[Buyer]:
    """Return these of the brand's buyers by name; one that is gone is left out."""
    query = select(Buyer).where(Buyer.brand_id == brand_id, Buyer.id.in_(buyer_ids))
    return session.scalars(query.order_by(Buyer.name, Buyer.id)).all()


def count_by_kind(session: Session, search: Search) -> dict[str, int]:
    """Return how many buyers of each kind match, whatever kind the search names."""
    every = replace(search, kind=None)
    query = _matching(select(Buyer.kind, func.count()), every).group_by(Buyer.kind)
    return {row[0]: row[1] for row in session.execute(query)}


def _matching(query: AnySelect, search: Search) -> AnySelect:
    query = query.where(Buyer.brand_id.in_(search.brand_ids))
    if search.kind:
        query = query.where(Buyer.kind == search.kind)
    if search.tag:
        query = query.where(Buyer.tags.contains([search.tag]))
    return query.where(has_words(Buyer.search_text, search.text))
