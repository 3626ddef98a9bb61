"""The brand's products as rows of a file that an import reads: one SKU a row."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.typed_amount import written_amount
from catalog.gateways.identity import Brand
from catalog.store.models import Price, Product, Sku
from catalog.store.prices import list_prices_of
from catalog.store.products import list_brand_products, list_parts
from catalog.store.taxes import list_taxes
from catalog.usecases.describe_offer import brand_columns, tax_label

PRODUCTS_AT_ONCE = 200


def list_file_rows(
    session: Session, brand: Brand, *, brand_id: UUID, before: UUID | None
) -> tuple[list[list[str]], UUID | None]:
    """Return the rows of the next products, newest first, and where the page after begins."""
    products = list_brand_products(
        session, brand_ids=[brand_id], before=before, limit=PRODUCTS_AT_ONCE
    )
    ids = [each.id for each in products]
    parts = list_parts(session, product_ids=ids)
    prices = list_prices_of(session, product_ids=ids)
    language = brand.default_language
    taxes = {
        each.id: tax_label(each, language) for each in list_taxes(session, brand_ids=[brand_id])
    }
    keys = [column.key for column in brand_columns(brand)]
    rows = []
    for product in products:
        tax = taxes[product.tax_id] if product.tax_id else ""
        said = _of_product(product, tax) | _of_prices(prices[product.id], brand)
        for sku in parts[product.id].skus:
            cells = said | _of_sku(sku)
            rows.append([cells.get(key, "") for key in keys])
    return rows, products[-1].id if len(products) == PRODUCTS_AT_ONCE else None


def _of_product(product: Product, tax: str) -> dict[str, str]:
    texts = {
        f"{name}.{language}": text
        for name in ("names", "descriptions", "materials")
        for language, text in getattr(product, name).items()
    }
    return texts | {
        "model_number": product.model_number,
        "category": product.category,
        "tax": tax,
    }


def _of_prices(prices: Sequence[Price], brand: Brand) -> dict[str, str]:
    codes = {term.id: term.code for term in brand.trade_terms}
    return {
        f"price.{codes[each.trade_term_id]}.{each.currency}": written_amount(
            each.minor, each.currency
        )
        for each in prices
        if each.trade_term_id in codes
    }


def _of_sku(sku: Sku) -> dict[str, str]:
    names = {f"colour_names.{language}": text for language, text in sku.colour_names.items()}
    return names | {
        "colour": sku.colour,
        "colour_hex": sku.colour_hex,
        "size": sku.size,
        "sku_number": sku.number,
        "minimum": str(sku.minimum or ""),
        "multiple": str(sku.multiple or ""),
    }
