"""How a catalog's products are looked through: their categories, and the order they stand in."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.orm import Session

from catalog.domain.rates import Override, rate_for
from catalog.domain.shelf_order import ShelfOrder
from catalog.domain.terms import Terms
from catalog.store.models import CatalogProduct, Price, Product
from common.search import has_words

NO_PRODUCT = UUID(int=0)


def count_categories(session: Session, *, catalog_id: UUID, search: str = "") -> dict[str, int]:
    """Return how many products of the catalog are in each category, "" for none: 1 query.

    With a search only products that it finds are counted.
    """
    query = (
        select(Product.category, func.count())
        .join(CatalogProduct, CatalogProduct.product_id == Product.id)
        .where(CatalogProduct.catalog_id == catalog_id)
        .group_by(Product.category)
        .order_by(func.min(CatalogProduct.position))
    )
    if search:
        query = query.where(has_words(Product.search_text, search))
    return {category: count for category, count in session.execute(query)}  # noqa: C416 - rows are no pairs to mypy.


def order_of(
    order: ShelfOrder, *, catalog_id: UUID, terms: Terms, overrides: Sequence[Override]
) -> list[ColumnElement[Any]]:
    """Return what one catalog's products are sorted by; the brand's own order comes after it."""
    if order == "name":
        return [func.lower(_name(terms))]
    if order == "price":
        price = Price.minor * _factor(catalog_id, terms, overrides)
        return [price.asc().nulls_last()]
    if order == "newest":
        return [Product.id.desc()]
    return []


def _name(terms: Terms) -> ColumnElement[str]:
    """Return the name in the buyer's language, else in the maker's (R62)."""
    said = [
        func.nullif(Product.names[language].astext, "")
        for language in dict.fromkeys((terms.language, terms.default_language))
    ]
    return func.coalesce(*said, Product.model_number)


def _factor(
    catalog_id: UUID, terms: Terms, overrides: Sequence[Override]
) -> ColumnElement[Decimal]:
    """Return what each product's list price is multiplied by for this buyer (R59)."""

    def factor(product_id: UUID) -> ColumnElement[Decimal]:
        rate = rate_for(
            catalog_id=catalog_id,
            product_id=product_id,
            overrides=overrides,
            buyer_rate=terms.rate,
        )
        return literal(rate.factor())

    own = {each.product_id: factor(each.product_id) for each in overrides if each.product_id}
    usual = factor(NO_PRODUCT)
    return case(own, value=Product.id, else_=usual) if own else usual
