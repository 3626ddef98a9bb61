"""Queries about products, always for many at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from catalog.store.models import (
    CatalogProduct,
    Price,
    Product,
    ProductImage,
    Sku,
    Tax,
)
from common.errors import NotFound
from common.search import has_words

PAGE = 50


@dataclass(frozen=True)
class FoundProduct:
    """A product in a catalog with everything that its page shows."""

    catalog_id: UUID
    product: Product
    list_minor: int | None
    """At the asked trade term and currency."""
    tax: Tax | None
    skus: Sequence[Sku]
    images: Sequence[ProductImage]


@dataclass(frozen=True)
class Parts:
    """What hangs on a product."""

    skus: list[Sku] = field(default_factory=list)
    images: list[ProductImage] = field(default_factory=list)


class ProductNotFound(NotFound):
    code = "product_not_found"


def list_products(
    session: Session,
    *,
    catalog_ids: Collection[UUID],
    trade_term_id: UUID,
    currency: str,
    product_ids: Collection[UUID] | None = None,
    search: str = "",
    category: str = "",
    sorted_by: Sequence[ColumnElement[Any]] = (),
    offset: int = 0,
    limit: int = PAGE,
) -> list[FoundProduct]:
    """Return products of these catalogs with prices, SKUs and images: 3 queries.

    They stand in their catalogs' order, or first by `sorted_by` (store/shelves.py).
    """
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
        .order_by(*sorted_by, CatalogProduct.catalog_id, CatalogProduct.position)
        .offset(offset)
        .limit(limit)
    )
    if product_ids is not None:
        query = query.where(Product.id.in_(product_ids))
    if category:
        query = query.where(Product.category == category)
    if search:
        query = query.where(has_words(Product.search_text, search))
    rows = list(session.execute(query))
    parts = list_parts(session, product_ids={product.id for _, product, _, _ in rows})
    return [
        FoundProduct(
            catalog_id, product, minor, tax, parts[product.id].skus, parts[product.id].images
        )
        for catalog_id, product, minor, tax in rows
    ]


def get_product(
    session: Session, product_id: UUID, *, brand_ids: Collection[UUID]
) -> tuple[Product, Tax | None]:
    """Return one of these brands' products and its tax. Raises ProductNotFound."""
    query = (
        select(Product, Tax)
        .outerjoin(Tax, Tax.id == Product.tax_id)
        .where(Product.id == product_id, Product.brand_id.in_(brand_ids))
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise ProductNotFound("There is no such product.")
    return row[0], row[1]


def list_brand_products(
    session: Session,
    *,
    brand_ids: Collection[UUID],
    before: UUID | None = None,
    search: str = "",
    category: str | None = None,
    is_unpriced: bool = False,
    without: Collection[UUID] = (),
    limit: int = 51,
) -> Sequence[Product]:
    """Return the brands' products, newest first, at most `limit`, older than `before`."""
    query = select(Product).where(Product.brand_id.in_(brand_ids))
    if search:
        query = query.where(has_words(Product.search_text, search))
    if category is not None:
        query = query.where(Product.category == category)
    if is_unpriced:
        query = query.where(~exists().where(Price.product_id == Product.id))
    if without:
        query = query.where(Product.id.not_in(without))
    if before:
        query = query.where(Product.id < before)
    return session.scalars(query.order_by(Product.id.desc()).limit(limit)).all()


def list_categories(session: Session, *, brand_ids: Collection[UUID]) -> Sequence[str]:
    """Return the categories that the brands' products are in, by name."""
    query = select(Product.category).where(Product.brand_id.in_(brand_ids), Product.category != "")
    return session.scalars(query.distinct().order_by(Product.category)).all()


def list_first_images(
    session: Session, *, catalog_ids: Collection[UUID]
) -> dict[UUID, ProductImage]:
    """Return the first picture of each catalog's first product that has one: 1 query."""
    query = (
        select(CatalogProduct.catalog_id, ProductImage)
        .join(ProductImage, ProductImage.product_id == CatalogProduct.product_id)
        .where(CatalogProduct.catalog_id.in_(catalog_ids))
        .order_by(CatalogProduct.catalog_id, CatalogProduct.position, ProductImage.position)
        .ext(distinct_on(CatalogProduct.catalog_id))
    )
    return {catalog_id: image for catalog_id, image in session.execute(query)}  # noqa: C416 - rows are no pairs to mypy.


def list_parts(session: Session, *, product_ids: Collection[UUID]) -> dict[UUID, Parts]:
    """Return the SKUs and pictures of these products, in the brand's order: 2 queries."""
    skus = select(Sku).where(Sku.product_id.in_(product_ids)).order_by(Sku.position)
    images = (
        select(ProductImage)
        .where(ProductImage.product_id.in_(product_ids))
        .order_by(ProductImage.position)
    )
    parts = {product_id: Parts() for product_id in product_ids}
    for sku in session.scalars(skus):
        parts[sku.product_id].skus.append(sku)
    for image in session.scalars(images):
        parts[image.product_id].images.append(image)
    return parts
