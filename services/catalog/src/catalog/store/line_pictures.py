"""The picture that stands for a SKU where it is ordered.

One of its colour, else one of no colour; another colour would mislead.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

PICTURES = text("""
select distinct on (skus.id) skus.id as sku_id, image.key
from skus join product_images as image on image.product_id = skus.product_id
where skus.id = any(:sku_ids) and skus.brand_id = :brand_id
  and (image.colour is null or image.colour = skus.colour)
order by skus.id, image.colour is null, image.position
""")


def list_line_pictures(
    session: Session, *, brand_id: UUID, sku_ids: Collection[UUID]
) -> dict[UUID, str]:
    """Return the key of each SKU's picture; SKUs without one, or of another brand, are not there."""
    rows = session.execute(PICTURES, {"brand_id": brand_id, "sku_ids": list(sku_ids)})
    return {row.sku_id: row.key for row in rows}
