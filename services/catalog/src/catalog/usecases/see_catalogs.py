"""Which catalogs a buyer sees now, and why not the others."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.visibility import Access, access_at
from catalog.store.catalogs import FoundCatalog, list_catalogs
from catalog.store.models import Catalog


@dataclass(frozen=True)
class SeenCatalog:
    """A catalog and what the buyer may do with it."""

    catalog: Catalog
    products: int
    is_granted: bool
    has_grants: bool
    """Whether any buyer has one (R71)."""
    access: Access


def see_catalogs(
    session: Session,
    *,
    brand_id: UUID,
    catalog_ids: Collection[UUID] | None,
    buyer_id: UUID | None,
    now: datetime,
) -> list[SeenCatalog]:
    """Return the brand's catalogs with the buyer's access at `now`; deleted ones are left out."""
    found: Sequence[FoundCatalog] = list_catalogs(
        session, brand_ids=[brand_id], catalog_ids=catalog_ids, buyer_id=buyer_id
    )
    return [
        SeenCatalog(
            each.catalog,
            each.products,
            each.is_granted,
            each.has_grants,
            access_at(
                now,
                status=each.catalog.status,
                open_at=each.catalog.open_at,
                order_deadline_at=each.catalog.order_deadline_at,
                is_granted=each.is_granted,
            ),
        )
        for each in found
    ]
