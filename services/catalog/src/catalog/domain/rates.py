"""Which rate applies to a line (R59): the narrowest override, else the buyer's own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from catalog.domain.terms import Rate


@dataclass(frozen=True)
class Override:
    """A rate set for one buyer on a catalog, a product, or a product in a catalog."""

    catalog_id: UUID | None
    product_id: UUID | None
    rate: Rate


SOURCES = {
    (True, True): "catalog_product",
    (False, True): "product",
    (True, False): "catalog",
}
PRECEDENCE = ("catalog_product", "product", "catalog")


def rate_for(
    *, catalog_id: UUID, product_id: UUID, overrides: Sequence[Override], buyer_rate: Rate
) -> Rate:
    """Return the rate of a product in a catalog: catalog-product, product, catalog, buyer."""
    fitting = {
        source: override.rate
        for override in overrides
        if override.catalog_id in (None, catalog_id) and override.product_id in (None, product_id)
        if (
            source := SOURCES.get(
                (override.catalog_id is not None, override.product_id is not None)
            )
        )
    }
    for source in PRECEDENCE:
        if source in fitting:
            return replace(fitting[source], source=source)
    return buyer_rate
