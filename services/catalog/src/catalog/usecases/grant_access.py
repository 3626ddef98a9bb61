"""Who may see a Limited catalog (R71, R72)."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.store.editing import add_grants, remove_grants
from catalog.store.models import Catalog
from common.errors import Conflict


class NotLimited(Conflict):
    """Access is given and taken only while the status is Limited."""

    code = "catalog_not_limited"
    rule = "R72"


def grant_access(session: Session, catalog: Catalog, buyer_ids: Collection[UUID]) -> None:
    """Let these buyers of the brand see the locked catalog. Raises NotLimited."""
    _demand_limited(catalog)
    add_grants(session, catalog, buyer_ids)


def revoke_access(session: Session, catalog: Catalog, buyer_ids: Collection[UUID]) -> None:
    """Take these buyers' access; one without it is no trouble. Raises NotLimited."""
    _demand_limited(catalog)
    remove_grants(session, catalog.id, buyer_ids)


def _demand_limited(catalog: Catalog) -> None:
    if catalog.status != "limited":
        raise NotLimited("Access can be given and taken only while the catalog is Limited.")
