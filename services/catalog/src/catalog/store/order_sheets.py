"""Queries about order sheets."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalog.store.models import CatalogProduct, Price, Product, Sku
from catalog.store.order_sheet_models import OrderSheet
from common.errors import NotFound

KEPT_PER_BUYER = 20
"""The newest of a buyer's sheets of a catalog stay, so that nobody fills the disk."""


class OrderSheetNotFound(NotFound):
    code = "order_sheet_not_found"


def list_sheet_skus(
    session: Session, *, catalog_id: UUID, trade_term_id: UUID, currency: str
) -> Sequence[tuple[Sku, str, bool]]:
    """Return the catalog's SKUs with model number and whether there is a price (R58): 1 query."""
    query = (
        select(Sku, Product.model_number, Price.minor.is_not(None))
        .join(Product, Product.id == Sku.product_id)
        .join(CatalogProduct, CatalogProduct.product_id == Product.id)
        .outerjoin(
            Price,
            (Price.product_id == Product.id)
            & (Price.trade_term_id == trade_term_id)
            & (Price.currency == currency),
        )
        .where(CatalogProduct.catalog_id == catalog_id)
    )
    return [(sku, model, has_price) for sku, model, has_price in session.execute(query)]


def keep_sheet(session: Session, sheet: OrderSheet) -> None:
    """Write the sheet down; the buyer's oldest ones of the catalog go."""
    session.add(sheet)
    session.flush()
    own = (
        select(OrderSheet.id)
        .where(
            OrderSheet.buyer_id == sheet.buyer_id,
            OrderSheet.link_id.is_not_distinct_from(sheet.link_id),
            OrderSheet.catalog_id == sheet.catalog_id,
        )
        .order_by(OrderSheet.id.desc())
    )
    old = own.offset(KEPT_PER_BUYER)
    session.execute(delete(OrderSheet).where(OrderSheet.id.in_(old)))


def get_sheet(
    session: Session, sheet_id: UUID, *, buyer_id: UUID, link_id: UUID | None, catalog_id: UUID
) -> OrderSheet:
    """Return the buyer's own sheet of this catalog on this link. Raises OrderSheetNotFound."""
    query = select(OrderSheet).where(
        OrderSheet.id == sheet_id,
        OrderSheet.buyer_id == buyer_id,
        OrderSheet.link_id.is_not_distinct_from(link_id),
        OrderSheet.catalog_id == catalog_id,
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise OrderSheetNotFound("There is no such order sheet.")
    return found


def forget_sheets(session: Session, *, before: datetime, at_most: int) -> int:
    """Delete old sheets and return how many these were."""
    old = select(OrderSheet.id).where(OrderSheet.created_at < before).limit(at_most)
    gone = session.execute(
        delete(OrderSheet).where(OrderSheet.id.in_(old)).returning(OrderSheet.id)
    )
    return len(gone.all())
