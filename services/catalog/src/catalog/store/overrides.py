"""A rate of one buyer for a catalog, a product, or a product in a catalog (R59)."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalog.store.models import RateOverride
from common.ids import new_id


def set_override(
    session: Session,
    *,
    maker_id: UUID,
    buyer_id: UUID,
    catalog_id: UUID | None,
    product_id: UUID | None,
    kind: str,
    value: Decimal,
) -> None:
    """Set the buyer's rate there; the one before is replaced."""
    row = {
        "id": new_id(),
        "maker_id": maker_id,
        "buyer_id": buyer_id,
        "catalog_id": catalog_id,
        "product_id": product_id,
        "kind": kind,
        "value": value,
    }
    session.execute(
        insert(RateOverride)
        .values(row)
        .on_conflict_do_update(
            constraint="uq_rate_overrides_buyer_id_catalog_id_product_id",
            set_={"kind": kind, "value": value},
        )
    )


def list_overrides_of(
    session: Session, *, catalog_id: UUID, product_ids: Collection[UUID]
) -> Sequence[RateOverride]:
    """Return the rates that buyers have on a catalog and its products, here or everywhere."""
    query = select(RateOverride).where(_touches(catalog_id, product_ids))
    return session.scalars(query.order_by(RateOverride.buyer_id, RateOverride.id)).all()


def remove_override(
    session: Session, override_id: UUID, *, catalog_id: UUID, product_ids: Collection[UUID]
) -> None:
    """Remove one of them; one that is gone is no trouble."""
    touched = _touches(catalog_id, product_ids)
    session.execute(delete(RateOverride).where(RateOverride.id == override_id, touched))


def _touches(catalog_id: UUID, product_ids: Collection[UUID]) -> ColumnElement[bool]:
    everywhere = RateOverride.catalog_id.is_(None) & RateOverride.product_id.in_(product_ids)
    return or_(RateOverride.catalog_id == catalog_id, everywhere)
