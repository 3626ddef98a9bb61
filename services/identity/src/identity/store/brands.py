"""Makers, brands and trade terms."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from common.db import act_as_owner
from common.errors import NotFound
from identity.store.models import Brand, BrandLookup, Buyer, Maker, TradeTerm

# Whose brand it is needs no tenant; finding it and acting as it is one round trip.
ACT = """
select maker_id, set_config('app.tenant', cast(maker_id as text), true)
from brand_lookup where brand_id = '{}'
"""


class BrandNotFound(NotFound):
    code = "brand_not_found"


def act_for_brand(session: Session, brand_id: UUID) -> None:
    """Let the rest of the transaction see the rows of the brand's maker. Raises BrandNotFound."""
    if act_as_owner(session, ACT, brand_id) is None:
        raise BrandNotFound


def list_maker_ids(session: Session) -> Sequence[UUID]:
    """Return every maker that has a brand; needs no tenant. For work that goes through them all."""
    return session.scalars(select(BrandLookup.maker_id).distinct()).all()


def get_brand(session: Session, brand_id: UUID) -> Brand:
    """Return the maker's brand. Raises BrandNotFound."""
    brand = session.get(Brand, brand_id)
    if brand is None:
        raise BrandNotFound
    return brand


def get_maker(session: Session, maker_id: UUID) -> Maker:
    return session.get_one(Maker, maker_id)


def list_brands(session: Session, ids: Collection[UUID] | None = None) -> Sequence[Brand]:
    """Return the maker's brands, or those of them with these ids, by name."""
    query = select(Brand).order_by(Brand.name)
    if ids is not None:
        query = query.where(Brand.id.in_(ids))
    return session.scalars(query).all()


def list_brand_page(
    session: Session, ids: Collection[UUID], *, after: UUID | None, limit: int
) -> Sequence[Brand]:
    """Return one page of the brands with these ids and one more if there is, oldest first."""
    query = select(Brand).where(Brand.id.in_(ids))
    if after:
        query = query.where(Brand.id > after)
    return session.scalars(query.order_by(Brand.id).limit(limit + 1)).all()


def list_trade_terms(session: Session) -> Sequence[TradeTerm]:
    return session.scalars(select(TradeTerm).order_by(TradeTerm.code)).all()


def lock_trade_terms(session: Session, codes: Collection[str]) -> None:
    """Let no buyer be given these terms until commit; waits for those who are being given one."""
    query = select(TradeTerm.id).where(TradeTerm.code.in_(codes)).with_for_update()
    session.execute(query.order_by(TradeTerm.id))


def count_buyers_by_term(session: Session) -> dict[str, int]:
    """Return how many buyers of the maker have each trade term, by code; unused ones are left out."""
    query = select(TradeTerm.code, func.count()).join(Buyer, Buyer.trade_term_id == TradeTerm.id)
    return {row[0]: row[1] for row in session.execute(query.group_by(TradeTerm.code))}


@dataclass(frozen=True, slots=True)
class TermsInUse:
    trade_term_id: UUID
    currency: str
    country: str
    buyers: int


def list_terms_in_use(session: Session, brand_id: UUID) -> list[TermsInUse]:
    """Return each trade term × currency × country that buyers of the brand have, with counts."""
    columns = (Buyer.trade_term_id, Buyer.currency, Buyer.country)
    query = (
        select(*columns, func.count())
        .where(Buyer.brand_id == brand_id)
        .group_by(*columns)
        .order_by(*columns)
    )
    return [TermsInUse(*row) for row in session.execute(query)]
