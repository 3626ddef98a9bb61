"""Queries about products, always for many at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import cast, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.types import Text

from catalog.store.models import (
    CatalogProduct,
    Price,
    Product,
    ProductImage,
    RateOverride,
    Sku,
    Tax,
)

PAGE = 24


@dataclass
class FoundProduct:
    """A product in a catalog with everything that its page shows."""

    catalog_id: UUID
    product: Product
    list_minor: int | None
    """At the asked trade term and currency."""
    tax: Tax | None
    skus: list[Sku] = field(default_factory=list)
    images: list[ProductImage] = field(default_factory=list)


def list_products(
    session: Session,
    *,
    catalog_ids: Collection[UUID],
    trade_term_id: UUID,
    currency: str,
    product_ids: Collection[UUID] | None = None,
    search: str = "",
    category: str = "",
    offset: int = 0,
    limit: int = PAGE,
) -> list[FoundProduct]:
    """Return products of these catalogs in their order, with prices, SKUs and images: 3 queries."""
    query = (
        select(CatalogProduct.catalog_id, Product, Price.minor, Tax)
        .join(Product, Product.id == CatalogProduct.product_id)
        .outerjoin(
            Price,
            (Price.product_id == Product.id)
            & (Price.trade_term_id == trade_term_id)
            & (Price.currency == currency),
        )
        .outerjoin(Tax, Tax.id == Product.tax_id)
        .where(CatalogProduct.catalog_id.in_(catalog_ids))
        .order_by(CatalogProduct.catalog_id, CatalogProduct.position)
        .offset(offset)
        .limit(limit)
    )
    if product_ids is not None:
        query = query.where(Product.id.in_(product_ids))
    if category:
        query = query.where(Product.category == category)
    if search:
        query = query.where(_says(search))
    found = [FoundProduct(*row) for row in session.execute(query)]
    _add_parts(session, found)
    return found


def list_skus(
    session: Session,
    *,
    brand_id: UUID,
    sku_ids: Collection[UUID],
    catalog_ids: Collection[UUID],
    trade_term_id: UUID,
    currency: str,
) -> dict[tuple[UUID, UUID], tuple[Sku, Product, int | None, Tax | None]]:
    """Return (catalog, SKU) → what its price needs, for SKUs that are in these catalogs: 1 query."""
    query = (
        select(CatalogProduct.catalog_id, Sku, Product, Price.minor, Tax)
        .join(Product, Product.id == Sku.product_id)
        .join(CatalogProduct, CatalogProduct.product_id == Product.id)
        .outerjoin(
            Price,
            (Price.product_id == Product.id)
            & (Price.trade_term_id == trade_term_id)
            & (Price.currency == currency),
        )
        .outerjoin(Tax, Tax.id == Product.tax_id)
        .where(
            Sku.id.in_(sku_ids),
            Sku.brand_id == brand_id,
            CatalogProduct.catalog_id.in_(catalog_ids),
        )
    )
    return {
        (catalog_id, sku.id): (sku, product, minor, tax)
        for catalog_id, sku, product, minor, tax in session.execute(query)
    }


def list_overrides(session: Session, *, buyer_id: UUID) -> Sequence[RateOverride]:
    return session.scalars(select(RateOverride).where(RateOverride.buyer_id == buyer_id)).all()


def list_brand_products(
    session: Session, *, brand_ids: Collection[UUID], before: UUID | None = None, limit: int = 51
) -> Sequence[Product]:
    """Return the brands' products, newest first, at most `limit`, older than `before`."""
    query = select(Product).where(Product.brand_id.in_(brand_ids))
    if before:
        query = query.where(Product.id < before)
    return session.scalars(query.order_by(Product.id.desc()).limit(limit)).all()


def list_categories(session: Session, *, catalog_id: UUID) -> Sequence[str]:
    """Return the categories of the catalog's products, by name."""
    query = (
        select(Product.category)
        .join(CatalogProduct, CatalogProduct.product_id == Product.id)
        .where(CatalogProduct.catalog_id == catalog_id)
        .distinct()
        .order_by(Product.category)
    )
    return session.scalars(query).all()


def missing_prices(
    session: Session, *, catalog_ids: Collection[UUID], trade_term_id: UUID, currency: str
) -> list[tuple[UUID, Product]]:
    """Return (catalog, product) without a price at that trade term and currency."""
    query = (
        select(CatalogProduct.catalog_id, Product)
        .join(Product, Product.id == CatalogProduct.product_id)
        .outerjoin(
            Price,
            (Price.product_id == Product.id)
            & (Price.trade_term_id == trade_term_id)
            & (Price.currency == currency),
        )
        .where(CatalogProduct.catalog_id.in_(catalog_ids), Price.minor.is_(None))
    )
    return [(catalog_id, product) for catalog_id, product in session.execute(query)]


def _add_parts(session: Session, found: Sequence[FoundProduct]) -> None:
    ids = [each.product.id for each in found]
    skus = _by_product(
        session.scalars(select(Sku).where(Sku.product_id.in_(ids)).order_by(Sku.position))
    )
    images = _by_product(
        session.scalars(
            select(ProductImage)
            .where(ProductImage.product_id.in_(ids))
            .order_by(ProductImage.position)
        )
    )
    for each in found:
        each.skus = skus[each.product.id]
        each.images = images[each.product.id]


def _by_product(rows: Any) -> defaultdict[UUID, list[Any]]:
    grouped: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.product_id].append(row)
    return grouped


def _says(search: str) -> Any:
    words = search.strip()
    return or_(
        Product.model_number.icontains(words, autoescape=True),
        cast(Product.names, Text).icontains(words, autoescape=True),
    )
