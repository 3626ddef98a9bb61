"""The catalog that an address names, if it is of a brand that the staff may see."""

from uuid import UUID

from catalog.deps import deps
from catalog.store.catalogs import CatalogNotFound, FoundCatalog, list_catalogs
from common.sessions import Claims


def own_catalog(staff: Claims, catalog_id: UUID) -> FoundCatalog:
    """Return the catalog. Another brand's, and a deleted one, is not there: CatalogNotFound."""
    with deps().database.transaction(staff.maker_id) as session:
        found = list_catalogs(session, brand_ids=staff.brand_ids, catalog_ids=[catalog_id])
    if not found:
        raise CatalogNotFound("There is no such catalog.")
    return found[0]
