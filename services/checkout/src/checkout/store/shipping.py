"""Rate groups with their rates."""

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkout.domain.shipping import RateGroup, ShippingRate
from checkout.store.models import RateGroupRow, ShippingRateRow
from common.errors import NotFound
from common.money import Money


def read_groups(session: Session, *, brand_id: UUID) -> dict[UUID, RateGroup]:
    """Return the brand's groups that are not deleted, by id."""
    return {row.id: _group(row) for row in list_group_rows(session, brand_id=brand_id)}


def list_group_rows(session: Session, *, brand_id: UUID) -> list[RateGroupRow]:
    """Return the groups that are not deleted, by code."""
    query = select(RateGroupRow).where(
        RateGroupRow.brand_id == brand_id, RateGroupRow.deleted_at.is_(None)
    )
    return list(session.scalars(query.order_by(RateGroupRow.code)))


def get_group(
    session: Session, group_id: UUID, *, brand_ids: Collection[UUID], lock: bool = False
) -> RateGroupRow:
    """Return the group if it is of one of these brands and not deleted. Raises NotFound."""
    query = select(RateGroupRow).where(
        RateGroupRow.id == group_id,
        RateGroupRow.brand_id.in_(brand_ids),
        RateGroupRow.deleted_at.is_(None),
    )
    row = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise NotFound("There is no such rate group.")
    return row


def _group(row: RateGroupRow) -> RateGroup:
    percent = row.tax_percent
    return RateGroup(
        rate_group_id=row.id,
        code=row.code,
        name=row.name,
        currency=row.currency,
        country=row.country,
        is_enabled=row.is_enabled,
        rates=tuple(_rate(each, row.currency) for each in row.rates),
        tax_percent=Decimal(percent) if percent is not None else None,
    )


def _rate(row: ShippingRateRow, currency: str) -> ShippingRate:
    return ShippingRate(
        code=row.code,
        name=row.name,
        fee=Money(row.fee_minor, currency),
        minimum=_limit(row.minimum_minor, currency),
        maximum=_limit(row.maximum_minor, currency),
        prefectures=frozenset(row.prefectures),
    )


def _limit(minor: int | None, currency: str) -> Money | None:
    return Money(minor, currency) if minor is not None else None
