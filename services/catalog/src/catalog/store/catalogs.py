"""Queries about catalogs, grants and lookbooks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, bindparam, false, func, select
from sqlalchemy.orm import Session

from catalog.store.models import Catalog, CatalogProduct, Grant, Lookbook
from common.errors import NotFound


class CatalogNotFound(NotFound):
    code = "catalog_not_found"


_COUNTED = select(func.count()).where(CatalogProduct.catalog_id == Catalog.id).scalar_subquery()
_ANY_GRANT = select(Grant.catalog_id).where(Grant.catalog_id == Catalog.id)
_GRANT = _ANY_GRANT.where(Grant.buyer_id == bindparam("buyer_id", type_=Uuid()))
# Put together once, for every page of a buyer asks it.
ALL = (
    select(Catalog, _COUNTED, _GRANT.exists(), _ANY_GRANT.exists())
    .where(Catalog.brand_id.in_(bindparam("brand_ids", expanding=True)))
    .where(Catalog.deleted_at.is_(None))
    .order_by(Catalog.id)
)
SOME = ALL.where(Catalog.id.in_(bindparam("catalog_ids", expanding=True)))


@dataclass(frozen=True)
class FoundCatalog:
    """A catalog, how many products it has, and whether the asked buyer, or any, has a grant."""

    catalog: Catalog
    products: int
    is_granted: bool
    has_grants: bool


def list_catalogs(
    session: Session,
    *,
    brand_ids: Collection[UUID],
    catalog_ids: Collection[UUID] | None = None,
    buyer_id: UUID | None = None,
) -> list[FoundCatalog]:
    """Return catalogs of the brands that are not deleted, in the order of `catalog_ids`, else by age."""
    asked = {"brand_ids": list(brand_ids), "buyer_id": buyer_id}
    query = ALL
    if catalog_ids is not None:
        query, asked = SOME, asked | {"catalog_ids": list(catalog_ids)}
    found = [FoundCatalog(*row) for row in session.execute(query, asked)]
    if catalog_ids is not None:
        order = {catalog_id: position for position, catalog_id in enumerate(catalog_ids)}
        found.sort(key=lambda each: order[each.catalog.id])
    return found


def list_open_ids(session: Session, *, brand_id: UUID, now: datetime) -> Sequence[UUID]:
    """Return the catalogs that are Open or Limited, newest first, those to look at only last.

    Who sees which of them is judged later.
    """
    is_over = func.coalesce(Catalog.order_deadline_at <= now, false())
    query = select(Catalog.id).where(
        Catalog.brand_id == brand_id, Catalog.deleted_at.is_(None), Catalog.status != "closed"
    )
    return session.scalars(query.order_by(is_over, Catalog.id.desc())).all()


def list_lookbooks(
    session: Session, *, brand_id: UUID, lookbook_ids: Collection[UUID] | None = None
) -> Sequence[Lookbook]:
    """Return the brand's lookbooks, by age."""
    query = select(Lookbook).where(Lookbook.brand_id == brand_id).order_by(Lookbook.id)
    if lookbook_ids is not None:
        query = query.where(Lookbook.id.in_(lookbook_ids))
    return session.scalars(query).all()
