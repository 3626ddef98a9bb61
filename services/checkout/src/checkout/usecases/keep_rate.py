"""Making, changing and deleting the rates of a group (R137 to R139, R142)."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.domain.rate_group import RateDraft, errors_in_rate
from checkout.store.models import RateGroupRow, ShippingRateRow
from checkout.store.shipping import get_group
from common.errors import Invalid, NotFound


def add_rate(
    session: Session, draft: RateDraft, *, group_id: UUID, brand_ids: tuple[UUID, ...]
) -> ShippingRateRow:
    """Add a rate to the group. Raises NotFound, Invalid."""
    group = get_group(session, group_id, brand_ids=brand_ids, lock=True)
    _check(draft, group)
    rate = ShippingRateRow(maker_id=group.maker_id, rate_group_id=group.id, **_columns(draft))
    session.add(rate)
    session.flush()
    return rate


def change_rate(
    session: Session,
    draft: RateDraft,
    *,
    group_id: UUID,
    rate_id: UUID,
    brand_ids: tuple[UUID, ...],
) -> ShippingRateRow:
    """Save the edited rate. Raises NotFound, Invalid."""
    group = get_group(session, group_id, brand_ids=brand_ids, lock=True)
    rate = rate_of(group, rate_id)
    _check(draft, group, rate)
    for name, value in _columns(draft).items():
        setattr(rate, name, value)
    session.flush()
    return rate


def delete_rate(
    session: Session, *, group_id: UUID, rate_id: UUID, brand_ids: tuple[UUID, ...]
) -> None:
    """Delete the rate for good; orders through its group may then get no fee (R142)."""
    group = get_group(session, group_id, brand_ids=brand_ids, lock=True)
    session.delete(rate_of(group, rate_id))


def rate_of(group: RateGroupRow, rate_id: UUID) -> ShippingRateRow:
    """Return that rate of the group. Raises NotFound."""
    found = next((rate for rate in group.rates if rate.id == rate_id), None)
    if found is None:
        raise NotFound("There is no such rate.")
    return found


def _columns(draft: RateDraft) -> dict[str, Any]:
    return {
        "code": draft.code.strip(),
        "name": draft.name.strip(),
        "fee_minor": draft.fee.minor,
        "minimum_minor": draft.minimum.minor if draft.minimum else None,
        "maximum_minor": draft.maximum.minor if draft.maximum else None,
        "prefectures": list(draft.prefectures),
    }


def _check(draft: RateDraft, group: RateGroupRow, rate: ShippingRateRow | None = None) -> None:
    others = {each.code for each in group.rates if each is not rate}
    errors = errors_in_rate(draft, country=group.country, other_codes=others)
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)
