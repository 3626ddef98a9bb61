"""A catalog's articles at a buyer's terms, one per SKU, in the catalog's order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.pricing import unit_price
from catalog.domain.rates import Override, rate_for
from catalog.domain.terms import Terms
from catalog.store.products import FoundProduct, list_products
from catalog.usecases.price_lines import read_overrides
from common.money import Money

PRODUCTS_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One SKU as the buyer may order it; without a price it cannot be ordered (R58)."""

    sku_id: UUID
    product: str
    model_number: str
    sku_number: str
    colour: str
    size: str
    price: Money | None
    minimum: int | None
    multiple: int | None


def list_offered_products(
    session: Session, *, catalog_id: UUID, buyer_id: UUID, terms: Terms
) -> Iterator[tuple[FoundProduct, Money | None]]:
    """Give the catalog's products with what a unit costs this buyer, a few queries per 200."""
    overrides = read_overrides(session, buyer_id=buyer_id)
    offset = 0
    while True:
        found = list_products(
            session,
            catalog_ids=[catalog_id],
            trade_term_id=terms.trade_term_id,
            currency=terms.currency,
            offset=offset,
            limit=PRODUCTS_AT_ONCE,
        )
        for each in found:
            yield each, _price(each, overrides, terms)
        if len(found) < PRODUCTS_AT_ONCE:
            return
        offset += PRODUCTS_AT_ONCE


def list_offer(
    session: Session, *, catalog_id: UUID, buyer_id: UUID, terms: Terms
) -> list[Offered]:
    """Return one entry per SKU, in the buyer's language (R62) at its prices (R57, R59)."""
    return [
        Offered(
            sku_id=sku.id,
            product=terms.words(found.product.names),
            model_number=found.product.model_number,
            sku_number=sku.number,
            colour=terms.words(sku.colour_names) or sku.colour,
            size=sku.size,
            price=price,
            minimum=sku.minimum,
            multiple=sku.multiple,
        )
        for found, price in list_offered_products(
            session, catalog_id=catalog_id, buyer_id=buyer_id, terms=terms
        )
        for sku in found.skus
    ]


def _price(found: FoundProduct, overrides: Sequence[Override], terms: Terms) -> Money | None:
    if found.list_minor is None:
        return None
    rate = rate_for(
        catalog_id=found.catalog_id,
        product_id=found.product.id,
        overrides=overrides,
        buyer_rate=terms.rate,
    )
    return unit_price(Money(found.list_minor, terms.currency), rate)
