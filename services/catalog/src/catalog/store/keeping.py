"""Products that are about to be changed, locked; their SKUs, prices and pictures."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalog.store.models import (
    CatalogProduct,
    Price,
    Product,
    ProductImage,
    RateOverride,
    Sku,
)
from catalog.store.products import ProductNotFound

PriceKey = tuple[UUID, str]
"""A trade term and a currency."""


def lock_product(session: Session, product_id: UUID, *, brand_ids: Collection[UUID]) -> Product:
    """Return one of these brands' products, row-locked until commit. Raises ProductNotFound."""
    return lock_products(session, [product_id], brand_ids=brand_ids)[0]


def lock_products(
    session: Session, product_ids: Collection[UUID], *, brand_ids: Collection[UUID]
) -> Sequence[Product]:
    """Return all of them, row-locked in one order. Raises ProductNotFound if one is missing."""
    query = select(Product).where(Product.id.in_(product_ids), Product.brand_id.in_(brand_ids))
    found = session.scalars(query.order_by(Product.id).with_for_update()).all()
    if len(found) != len(set(product_ids)) or not found:
        raise ProductNotFound("There is no such product.")
    return found


def has_model_number(session: Session, number: str, *, brand_id: UUID, but: UUID | None) -> bool:
    """Whether another product of the brand has this model number (R83)."""
    query = select(Product.id).where(
        Product.brand_id == brand_id,
        Product.model_number == number,
        Product.id != (but or UUID(int=0)),
    )
    return session.scalars(query).first() is not None


def free_model_number(session: Session, number: str, *, brand_id: UUID) -> str:
    """Return the first of number-2, number-3, … that no product of the brand has."""
    stem = f"{number[:36]}-"
    query = select(Product.model_number).where(
        Product.brand_id == brand_id, Product.model_number.startswith(stem, autoescape=True)
    )
    taken = set(session.scalars(query))
    return next(f"{stem}{n}" for n in range(2, len(taken) + 3) if f"{stem}{n}" not in taken)


def list_skus_of(session: Session, product_id: UUID) -> list[Sku]:
    query = select(Sku).where(Sku.product_id == product_id).order_by(Sku.position)
    return list(session.scalars(query))


def taken_numbers(
    session: Session, numbers: Collection[str], *, brand_id: UUID, but: UUID
) -> set[str]:
    """Return those of the SKU numbers that another product of the brand has (R83)."""
    query = select(Sku.number).where(
        Sku.brand_id == brand_id, Sku.number.in_(numbers), Sku.product_id != but
    )
    return set(session.scalars(query))


def remove_skus(session: Session, sku_ids: Collection[UUID]) -> None:
    session.execute(delete(Sku).where(Sku.id.in_(sku_ids)))


def put_prices(session: Session, product: Product, prices: Mapping[PriceKey, int]) -> None:
    """Let the product have exactly these list prices, in minor units."""
    session.execute(delete(Price).where(Price.product_id == product.id))
    rows = [
        {
            "maker_id": product.maker_id,
            "product_id": product.id,
            "trade_term_id": term,
            "currency": currency,
            "minor": minor,
        }
        for (term, currency), minor in prices.items()
    ]
    if rows:
        session.execute(insert(Price), rows)


def scale_prices(
    session: Session, product_ids: Collection[UUID], *, factor: Decimal, currency: str | None
) -> None:
    """Multiply list prices, each rounded half up to its minor unit (R64)."""
    query = update(Price).where(Price.product_id.in_(product_ids))
    if currency:
        query = query.where(Price.currency == currency)
    session.execute(query.values(minor=func.round(Price.minor * factor)))


def set_fields(session: Session, product_ids: Collection[UUID], fields: Mapping[str, Any]) -> None:
    """Set these columns of all the products, and count their versions up."""
    query = update(Product).where(Product.id.in_(product_ids))
    session.execute(query.values(**fields, version=Product.version + 1))


def remove_products(session: Session, product_ids: Collection[UUID]) -> None:
    """Delete the products with everything that hangs on them; orders keep their own words."""
    overridden: ColumnElement[bool] = RateOverride.product_id.in_(product_ids)
    session.execute(delete(RateOverride).where(overridden))
    for table in (CatalogProduct, Price, ProductImage, Sku):
        hanging: Table = table.__table__  # type: ignore[assignment]
        session.execute(delete(table).where(hanging.c.product_id.in_(product_ids)))
    session.execute(delete(Product).where(Product.id.in_(product_ids)))


def list_images_of(session: Session, product_id: UUID) -> list[ProductImage]:
    query = select(ProductImage).where(ProductImage.product_id == product_id)
    return list(session.scalars(query.order_by(ProductImage.position)))


def add_all(session: Session, rows: Iterable[object]) -> None:
    session.add_all(rows)
    session.flush()
