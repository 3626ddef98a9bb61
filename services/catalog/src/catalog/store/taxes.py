"""The brand's taxes."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.store.models import Product, Tax
from common.errors import NotFound


class TaxNotFound(NotFound):
    code = "tax_not_found"


def list_taxes(session: Session, *, brand_ids: Collection[UUID]) -> Sequence[Tax]:
    """Return the brands' taxes, by country and age."""
    query = select(Tax).where(Tax.brand_id.in_(brand_ids))
    return session.scalars(query.order_by(Tax.country, Tax.id)).all()


def find_tax(session: Session, tax_id: UUID, *, brand_ids: Collection[UUID]) -> Tax | None:
    query = select(Tax).where(Tax.id == tax_id, Tax.brand_id.in_(brand_ids))
    return session.scalars(query).one_or_none()


def lock_tax(session: Session, tax_id: UUID, *, brand_ids: Collection[UUID]) -> Tax:
    """Return one of these brands' taxes, row-locked until commit. Raises TaxNotFound."""
    query = select(Tax).where(Tax.id == tax_id, Tax.brand_id.in_(brand_ids))
    found = session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise TaxNotFound("There is no such tax.")
    return found


def count_products_taxed(session: Session, tax_id: UUID) -> int:
    query = select(func.count()).select_from(Product).where(Product.tax_id == tax_id)
    return session.scalars(query).one()
