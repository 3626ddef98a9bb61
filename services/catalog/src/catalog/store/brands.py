"""Whose a brand is and what it speaks, for questions that name a brand only."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalog.store.models import BrandMaker


def find_brand(session: Session, brand_id: UUID) -> BrandMaker | None:
    """Return a brand that has stored something here; needs no tenant."""
    return session.get(BrandMaker, brand_id)


def list_brands(session: Session) -> Sequence[BrandMaker]:
    return session.scalars(select(BrandMaker).order_by(BrandMaker.brand_id)).all()


def remember_brand(
    session: Session, *, brand_id: UUID, maker_id: UUID, default_language: str
) -> None:
    """Remember whose the brand is and what it speaks; the newest answer stays."""
    values = {"brand_id": brand_id, "maker_id": maker_id, "default_language": default_language}
    query = insert(BrandMaker).values(values)
    session.execute(
        query.on_conflict_do_update(
            index_elements=[BrandMaker.brand_id], set_={"default_language": default_language}
        )
    )
