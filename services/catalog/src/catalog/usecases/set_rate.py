"""Gives one buyer a rate: on a catalog, on a product in it, or on a product in every catalog (R59)."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.store.editing import list_product_ids
from catalog.store.models import Catalog, RateOverride
from catalog.store.overrides import list_overrides_of, remove_override, set_override
from catalog.store.products import ProductNotFound


@dataclass(frozen=True, kw_only=True)
class RateWish:
    """`value` as typed_rate read it. Without a product it is the whole catalog's."""

    buyer_id: UUID
    product_id: UUID | None
    is_everywhere: bool
    """With a product: in every catalog that it is in."""
    kind: str
    value: Decimal


def set_rate(session: Session, catalog: Catalog, wish: RateWish) -> RateOverride:
    """Set the buyer's rate there; the one before is replaced. Raises ProductNotFound."""
    product_ids = list_product_ids(session, catalog.id)
    if wish.product_id is not None and wish.product_id not in product_ids:
        raise ProductNotFound("There is no such product.")
    is_everywhere = wish.product_id is not None and wish.is_everywhere
    catalog_id = None if is_everywhere else catalog.id
    set_override(
        session,
        maker_id=catalog.maker_id,
        buyer_id=wish.buyer_id,
        catalog_id=catalog_id,
        product_id=wish.product_id,
        kind=wish.kind,
        value=wish.value,
    )
    now = list_overrides_of(session, catalog_id=catalog.id, product_ids=product_ids)
    wanted = (wish.buyer_id, catalog_id, wish.product_id)
    return next(r for r in now if (r.buyer_id, r.catalog_id, r.product_id) == wanted)


def remove_rate(session: Session, catalog: Catalog, override_id: UUID) -> None:
    """Take a rate away, so that the next one of R59 applies; one that is gone is no trouble."""
    product_ids = list_product_ids(session, catalog.id)
    remove_override(session, override_id, catalog_id=catalog.id, product_ids=product_ids)
