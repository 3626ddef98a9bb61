"""Lookbooks that are about to be changed, and the products they credit."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalog.store.models import Lookbook, LookbookProduct, Product, StoredPicture
from common.errors import NotFound


class LookbookNotFound(NotFound):
    code = "lookbook_not_found"


def get_lookbook(
    session: Session, lookbook_id: UUID, *, brand_ids: Collection[UUID], is_locked: bool = False
) -> Lookbook:
    """Return one of these brands' lookbooks, row-locked if asked. Raises LookbookNotFound."""
    query = select(Lookbook).where(Lookbook.id == lookbook_id, Lookbook.brand_id.in_(brand_ids))
    found = session.scalars(query.with_for_update() if is_locked else query).one_or_none()
    if found is None:
        raise LookbookNotFound("There is no such lookbook.")
    return found


def list_credits(session: Session, lookbook_id: UUID) -> Sequence[Product]:
    """Return the products that the lookbook shows, in their order."""
    query = (
        select(Product)
        .join(LookbookProduct, LookbookProduct.product_id == Product.id)
        .where(LookbookProduct.lookbook_id == lookbook_id)
    )
    return session.scalars(query.order_by(LookbookProduct.position)).all()


def find_by_numbers(
    session: Session, numbers: Collection[str], *, brand_id: UUID
) -> dict[str, UUID]:
    """Return the brand's products by these model numbers."""
    query = select(Product.model_number, Product.id).where(
        Product.brand_id == brand_id, Product.model_number.in_(numbers)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def known_pictures(session: Session, keys: Collection[str], *, brand_id: UUID) -> set[str]:
    """Return which of these are stored for the brand; until commit none of them is forgotten."""
    query = select(StoredPicture.key).where(
        StoredPicture.brand_id == brand_id, StoredPicture.key.in_(keys), ~StoredPicture.is_going
    )
    return set(session.scalars(query.with_for_update(read=True)))


def put_credits(session: Session, book: Lookbook, product_ids: Sequence[UUID]) -> None:
    """Let the lookbook credit exactly these products in this order."""
    query = delete(LookbookProduct).where(LookbookProduct.lookbook_id == book.id)
    session.execute(query)
    session.add_all(
        LookbookProduct(
            maker_id=book.maker_id, lookbook_id=book.id, product_id=each, position=position
        )
        for position, each in enumerate(product_ids)
    )
    session.flush()


def remove_lookbook(session: Session, book: Lookbook) -> None:
    put_credits(session, book, [])
    session.delete(book)
    session.flush()
