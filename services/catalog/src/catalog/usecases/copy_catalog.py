"""A catalog once more: closed, without code and without anybody's access."""

from sqlalchemy.orm import Session

from catalog.store.editing import list_product_ids, put_products
from catalog.store.models import Catalog


def copy_catalog(session: Session, catalog: Catalog, *, names: dict[str, str]) -> Catalog:
    """Return the copy with the same products and settings. Closed, so nobody sees it by mistake."""
    copy = Catalog(
        maker_id=catalog.maker_id,
        brand_id=catalog.brand_id,
        code=None,
        names=names,
        descriptions=dict(catalog.descriptions),
        status="closed",
        open_at=catalog.open_at,
        order_deadline_at=catalog.order_deadline_at,
        payment_methods=list(catalog.payment_methods),
        address_shown=catalog.address_shown,
        shipping_rows=list(catalog.shipping_rows),
        hero_key=catalog.hero_key,
        lookbook_ids=list(catalog.lookbook_ids),
        videos=list(catalog.videos),
        has_comment_box=catalog.has_comment_box,
        minimum_amounts=dict(catalog.minimum_amounts),
    )
    session.add(copy)
    session.flush()
    put_products(session, copy, list_product_ids(session, catalog.id))
    return copy
