"""Rate groups with their rates."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from checkout.domain.shipping import RateGroup, ShippingRate
from checkout.store.models import RateGroupRow
from common.errors import NotFound
from common.money import Money
from common.together import Asked

READ = text("""
select rate_group.id, rate_group.code, rate_group.name, rate_group.currency, rate_group.country,
  rate_group.is_enabled, rate_group.tax_percent, rate.code as rate_code, rate.name as rate_name,
  rate.fee_minor, rate.minimum_minor, rate.maximum_minor, rate.prefectures
from rate_groups as rate_group left join shipping_rates as rate on rate.rate_group_id = rate_group.id
where rate_group.brand_id = :brand_id and rate_group.deleted_at is null
order by rate_group.code, rate_group.id, rate.code
""")


def read_groups(session: Session, *, brand_id: UUID) -> dict[UUID, RateGroup]:
    """Return the brand's groups that are not deleted, by id, in the order of their codes: 1 query."""
    return groups_of(session.execute(*asking_groups(brand_id=brand_id)).all())


def asking_groups(*, brand_id: UUID) -> Asked:
    return READ, {"brand_id": brand_id}


def groups_of(rows: Sequence[Any]) -> dict[UUID, RateGroup]:
    by_group = groupby(rows, key=lambda row: row.id)
    return {group_id: _group(list(own)) for group_id, own in by_group}


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


def _group(rows: Sequence[Any]) -> RateGroup:
    """Return the group whose rates these rows are; one without any has one row without a code."""
    group = rows[0]
    return RateGroup(
        rate_group_id=group.id,
        code=group.code,
        name=group.name,
        currency=group.currency,
        country=group.country,
        is_enabled=group.is_enabled,
        rates=tuple(_rate(row) for row in rows if row.rate_code is not None),
        tax_percent=group.tax_percent,
    )


def _rate(row: Any) -> ShippingRate:
    return ShippingRate(
        code=row.rate_code,
        name=row.rate_name,
        fee=Money(row.fee_minor, row.currency),
        minimum=_limit(row.minimum_minor, row.currency),
        maximum=_limit(row.maximum_minor, row.currency),
        prefectures=frozenset(row.prefectures),
    )


def _limit(minor: int | None, currency: str) -> Money | None:
    return Money(minor, currency) if minor is not None else None
