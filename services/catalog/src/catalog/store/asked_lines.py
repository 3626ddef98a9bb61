"""What prices of lines need: everything in one round trip, in fixed words (ADR 0011).

Every cell that is saved asks it, and every order that is placed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.together import ask_together

CATALOGS = text("""
select id, names, status, open_at, order_deadline_at, minimum_amounts, has_comment_box, shipping_rows,
  exists (select from grants where catalog_id = catalogs.id and buyer_id = :buyer_id) as is_granted
from catalogs where id = any(:catalog_ids) and brand_id = :brand_id and deleted_at is null
""")
ARTICLES = text("""
select catalog_products.catalog_id, skus.id as sku_id, skus.number, skus.colour_names, skus.size,
  skus.minimum, skus.multiple, skus.position as sku_position,
  catalog_products.position as product_position,
  products.id as product_id, products.model_number, products.names as product_names,
  prices.minor as list_minor, taxes.id as tax_id, taxes.names as tax_names, taxes.country,
  taxes.percent, taxes.is_reduced, taxes.rounding
from skus join products on products.id = skus.product_id
  join catalog_products on catalog_products.product_id = products.id
  left join prices on prices.product_id = products.id and prices.currency = :currency
    and prices.trade_term_id = :trade_term_id
  left join taxes on taxes.id = products.tax_id
where skus.id = any(:sku_ids) and skus.brand_id = :brand_id
  and catalog_products.catalog_id = any(:catalog_ids)
""")
OVERRIDES = text("""
select catalog_id, product_id, kind, value from rate_overrides where buyer_id = :buyer_id
""")


@dataclass(frozen=True, slots=True)
class AskedLines:
    """Rows as they are stored; a catalog or SKU that is not the brand's is not there."""

    catalogs: dict[UUID, Any]
    articles: dict[tuple[UUID, UUID], Any]
    """(catalog, SKU) → SKU, product, list price and tax."""
    overrides: Sequence[Any]


def read_asked_lines(
    session: Session,
    *,
    brand_id: UUID,
    buyer_id: UUID,
    catalog_ids: Collection[UUID],
    sku_ids: Collection[UUID],
    trade_term_id: UUID,
    currency: str,
) -> AskedLines:
    """Return what the prices of these SKUs in these catalogs need."""
    own = {"brand_id": brand_id, "buyer_id": buyer_id, "catalog_ids": list(catalog_ids)}
    wanted = own | {"sku_ids": list(sku_ids), "trade_term_id": trade_term_id, "currency": currency}
    catalogs, articles, overrides = ask_together(
        session, (CATALOGS, own), (ARTICLES, wanted), (OVERRIDES, own)
    )
    return AskedLines(
        {row.id: row for row in catalogs},
        {(row.catalog_id, row.sku_id): row for row in articles},
        overrides,
    )
