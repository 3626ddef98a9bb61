"""Queries about prices, always for many lines at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Text, Uuid, column, select, true, values
from sqlalchemy.orm import Session

from catalog.store.asked_lines import OVERRIDES
from catalog.store.models import Catalog, CatalogProduct, Price, Product, Sku


@dataclass(frozen=True, slots=True)
class Sample:
    """A SKU in a catalog, and terms at which it has a price."""

    catalog_id: UUID
    sku_id: UUID
    trade_term_id: UUID
    currency: str


def find_sample(session: Session, *, brand_id: UUID) -> Sample | None:
    """Return any of the brand's SKUs that has a price and is in a catalog: 1 query."""
    query = (
        select(CatalogProduct.catalog_id, Sku.id, Price.trade_term_id, Price.currency)
        .join(Sku, Sku.product_id == CatalogProduct.product_id)
        .join(Price, Price.product_id == CatalogProduct.product_id)
        .join(Catalog, Catalog.id == CatalogProduct.catalog_id)
        .where(Sku.brand_id == brand_id, Catalog.deleted_at.is_(None))
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return Sample(*row) if row else None


def list_prices(session: Session, *, product_id: UUID) -> Sequence[Price]:
    query = select(Price).where(Price.product_id == product_id)
    return session.scalars(query.order_by(Price.trade_term_id, Price.currency)).all()


def list_prices_of(session: Session, *, product_ids: Collection[UUID]) -> dict[UUID, list[Price]]:
    """Return the list prices of each of these products: 1 query."""
    found: dict[UUID, list[Price]] = {each: [] for each in product_ids}
    for price in session.scalars(select(Price).where(Price.product_id.in_(product_ids))):
        found[price.product_id].append(price)
    return found


def list_overrides(session: Session, *, buyer_id: UUID) -> Sequence[Any]:
    """Return the buyer's own rates, by the columns of OVERRIDES."""
    return session.execute(OVERRIDES, {"buyer_id": buyer_id}).all()


def list_missing_prices(
    session: Session,
    *,
    brand_id: UUID,
    catalog_ids: Collection[UUID],
    terms: Collection[tuple[UUID, str]],
) -> list[tuple[UUID, Product, UUID, str]]:
    """Return (catalog, product, trade term, currency) without a price there (R58): 1 query."""
    if not terms:
        return []
    asked = values(column("trade_term_id", Uuid), column("currency", Text), name="asked").data(
        list(terms)
    )
    query = (
        select(CatalogProduct.catalog_id, Product, asked.c.trade_term_id, asked.c.currency)
        .join(Product, Product.id == CatalogProduct.product_id)
        .join(asked, true())
        .outerjoin(
            Price,
            (Price.product_id == Product.id)
            & (Price.trade_term_id == asked.c.trade_term_id)
            & (Price.currency == asked.c.currency),
        )
        .where(
            CatalogProduct.catalog_id.in_(catalog_ids),
            Product.brand_id == brand_id,
            Price.minor.is_(None),
        )
        .order_by(CatalogProduct.catalog_id, CatalogProduct.position, asked.c.currency)
    )
    return [
        (catalog, product, term, currency)
        for catalog, product, term, currency in session.execute(query)
    ]
