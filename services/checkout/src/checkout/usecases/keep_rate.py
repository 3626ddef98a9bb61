"""Making, changing and deleting the rates of a group (R137 to R139, R142)."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.domain.rate_group import RateDraft, errors_in_rate
from checkout.store.models import RateGroupRow, ShippingRateRow
from checkout.store.shipping import get_group
from checkout.usecases.keep_rate_group import log_group
from common.audit import Editor
from common.errors import Invalid, NotFound
from common.money import Money


def add_rate(session: Session, draft: RateDraft, *, group_id: UUID, by: Editor) -> ShippingRateRow:
    """Add a rate to the group. Raises NotFound, Invalid."""
    group = get_group(session, group_id, brand_ids=by.brand_ids, lock=True)
    _check(draft, group)
    rate = ShippingRateRow(maker_id=group.maker_id, rate_group_id=group.id, **_columns(draft))
    session.add(rate)
    session.flush()
    log_group(
        session, "rate_added", group, by=by, rate=rate.code, after=_described(rate, group.currency)
    )
    return rate


def change_rate(
    session: Session,
    draft: RateDraft,
    *,
    group_id: UUID,
    rate_id: UUID,
    by: Editor,
) -> ShippingRateRow:
    """Save the edited rate. Raises NotFound, Invalid."""
    group = get_group(session, group_id, brand_ids=by.brand_ids, lock=True)
    rate = rate_of(group, rate_id)
    _check(draft, group, rate)
    before = _described(rate, group.currency)
    for name, value in _columns(draft).items():
        setattr(rate, name, value)
    session.flush()
    after = _described(rate, group.currency)
    log_group(session, "rate_changed", group, by=by, rate=rate.code, before=before, after=after)
    return rate


def delete_rate(session: Session, *, group_id: UUID, rate_id: UUID, by: Editor) -> None:
    """Delete the rate for good; orders through its group may then get no fee (R142)."""
    group = get_group(session, group_id, brand_ids=by.brand_ids, lock=True)
    rate = rate_of(group, rate_id)
    log_group(
        session,
        "rate_deleted",
        group,
        by=by,
        rate=rate.code,
        before=_described(rate, group.currency),
    )
    session.delete(rate)


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


def _described(rate: ShippingRateRow, currency: str) -> dict[str, Any]:
    def amount(minor: int | None) -> str | None:
        return f"{Money(minor, currency).decimal} {currency}" if minor is not None else None

    return {
        "code": rate.code,
        "name": rate.name,
        "fee": amount(rate.fee_minor),
        "minimum": amount(rate.minimum_minor),
        "maximum": amount(rate.maximum_minor),
        "prefectures": list(rate.prefectures),
    }


def _check(draft: RateDraft, group: RateGroupRow, rate: ShippingRateRow | None = None) -> None:
    others = {each.code for each in group.rates if each is not rate}
    errors = errors_in_rate(draft, country=group.country, other_codes=others)
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)
