"""The products that rows of a file are about, and writing many of them at once."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from catalog.domain.import_values import SkuValues
from catalog.domain.product_import import KnownProduct, PriceKey
from catalog.store.models import Price, Product, Sku


def find_models(
    session: Session, numbers: Collection[str], *, brand_id: UUID, is_locked: bool = False
) -> dict[str, KnownProduct]:
    """Return the brand's products of these model numbers, by number: 3 queries."""
    query = select(Product).where(Product.brand_id == brand_id, Product.model_number.in_(numbers))
    query = query.order_by(Product.id)
    rows = session.scalars(query.with_for_update() if is_locked else query).all()
    known = {row.id: _known(row) for row in rows}
    if known:
        for sku in session.scalars(select(Sku).where(Sku.product_id.in_(known))):
            known[sku.product_id].skus[sku.number] = _sku(sku)
        for price in session.scalars(select(Price).where(Price.product_id.in_(known))):
            known[price.product_id].prices[(price.trade_term_id, price.currency)] = price.minor
    return {row.model_number: known[row.id] for row in rows}


def find_owners(session: Session, numbers: Collection[str], *, brand_id: UUID) -> dict[str, str]:
    """Return SKU number → model number, for those of the numbers that the brand has."""
    query = (
        select(Sku.number, Product.model_number)
        .join(Product, Product.id == Sku.product_id)
        .where(Sku.brand_id == brand_id, Sku.number.in_(numbers))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def add_products(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        session.execute(insert(Product), list(rows))


def change_product(session: Session, product_id: UUID, values: Mapping[str, Any]) -> None:
    query = update(Product).where(Product.id == product_id)
    session.execute(query.values(**values, version=Product.version + 1))


def add_skus(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        session.execute(insert(Sku), list(rows))


def change_skus(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write these columns of SKUs, each named by its id."""
    if rows:
        session.execute(update(Sku), list(rows))


def set_prices(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Set list prices; what was there is replaced."""
    if rows:
        query = upsert(Price)
        keys = [Price.product_id, Price.trade_term_id, Price.currency]
        changed = {"minor": query.excluded.minor}
        session.execute(query.on_conflict_do_update(index_elements=keys, set_=changed), list(rows))


def take_prices(session: Session, product_id: UUID, keys: Collection[PriceKey]) -> None:
    for term, currency in keys:
        session.execute(
            delete(Price).where(
                Price.product_id == product_id,
                Price.trade_term_id == term,
                Price.currency == currency,
            )
        )


def _known(row: Product) -> KnownProduct:
    texts = {name: dict(getattr(row, name)) for name in ("names", "descriptions", "materials")}
    return KnownProduct(row.id, texts, row.category, row.tax_id)


def _sku(row: Sku) -> SkuValues:
    return SkuValues(
        number=row.number,
        colour=row.colour,
        colour_names=dict(row.colour_names),
        hex=row.colour_hex,
        size=row.size,
        minimum=row.minimum,
        multiple=row.multiple,
        position=row.position,
        id=row.id,
    )
