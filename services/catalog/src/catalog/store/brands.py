"""Whose a brand is, for questions that name a brand only."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalog.store.models import BrandMaker


def find_maker(session: Session, brand_id: UUID) -> UUID | None:
    """Return the maker of a brand that has stored something here; needs no tenant."""
    known = session.get(BrandMaker, brand_id)
    return known.maker_id if known else None


def remember_brand(session: Session, *, brand_id: UUID, maker_id: UUID) -> None:
    """Remember whose the brand is; repeating does nothing."""
    values = {"brand_id": brand_id, "maker_id": maker_id}
    session.execute(insert(BrandMaker).values(values).on_conflict_do_nothing())
