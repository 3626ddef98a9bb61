"""Products as the storefront's templates read them: at this buyer's terms, in its language."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from catalog.domain.pricing import unit_price
from catalog.domain.rates import Override, rate_for
from catalog.domain.shelf_order import ShelfOrder
from catalog.domain.terms import Terms
from catalog.store.lookbooks import list_credits
from catalog.store.models import Lookbook
from catalog.store.products import FoundProduct, list_products
from catalog.store.shelves import order_of
from catalog.usecases.price_lines import read_overrides, tax_of
from catalog.usecases.see_catalogs import SeenCatalog
from catalog.web.grid import grid_rows, one_per_colour, sizes_of
from catalog.web.pictures import shown_image
from catalog.web.storefront import Shop
from common.money import Money

MOST_CREDITED = 500
"""Rows: a product that is in several catalogs comes once for each."""


def read_products(
    session: Session,
    shop: Shop,
    seen: Sequence[SeenCatalog],
    *,
    order: ShelfOrder = "brand",
    **given: Any,
) -> list[dict[str, Any]]:
    """Return products of these catalogs as shown to the buyer, in 4 queries.

    Another order than the brand's own is one of a single catalog.
    """
    terms = shop.buyer.terms
    overrides = read_overrides(session, buyer_id=shop.visit.buyer_id)
    sorted_by = (
        order_of(order, catalog_id=seen[0].catalog.id, terms=terms, overrides=overrides)
        if len(seen) == 1
        else []
    )
    found = list_products(
        session,
        catalog_ids=[each.catalog.id for each in seen],
        trade_term_id=terms.trade_term_id,
        currency=terms.currency,
        sorted_by=sorted_by,
        **given,
    )
    return [_shown(each, terms, overrides, shop.base_url) for each in found]


def read_credits(session: Session, shop: Shop, book: Lookbook) -> list[dict[str, Any]]:
    """Return the products that the lookbook credits, as far as this buyer sees them (R73)."""
    ids = [each.id for each in list_credits(session, book.id)]
    if not ids or not shop.seen:
        return []
    found = read_products(session, shop, shop.seen, product_ids=ids, limit=MOST_CREDITED)
    once = {each["id"]: each for each in reversed(found)}
    return [once[each] for each in ids if each in once]


def _shown(
    found: FoundProduct, terms: Terms, overrides: Sequence[Override], base_url: str
) -> dict[str, Any]:
    product = found.product
    listed = Money(found.list_minor, terms.currency) if found.list_minor is not None else None
    rate = rate_for(
        catalog_id=found.catalog_id,
        product_id=product.id,
        overrides=overrides,
        buyer_rate=terms.rate,
    )
    price = unit_price(listed, rate) if listed else None
    tax = tax_of(found.tax, terms)
    images = [shown_image(image, terms) for image in found.images]
    return {
        "id": product.id,
        "url": f"{base_url}/products/{found.catalog_id}/{product.id}",
        "name": terms.words(product.names),
        "number": product.model_number,
        "category": product.category,
        "description": terms.words(product.descriptions),
        "materials": terms.words(product.materials),
        "price": price,
        "list_price": listed,
        "rate": rate,
        "rate_value": f"{rate.value.normalize():f}",
        "tax": tax,
        "tax_percent": f"{tax.percent.normalize():f}" if tax else None,
        "note": None,
        "image": images[0] if images else None,
        "images": images,
        "swatches": [
            {"hex": sku.colour_hex, "name": terms.words(sku.colour_names)}
            for sku in one_per_colour(found.skus)
        ],
        "sizes": sizes_of(found.skus),
        "rows": grid_rows(found, terms, price),
    }
