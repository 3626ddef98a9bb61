"""Making, changing and deleting rate groups (R135, R136). Orders keep the fee they had (R143)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from checkout.domain.rate_group import GroupDraft, errors_in_group
from checkout.store.brands import enter_brand
from checkout.store.models import RateGroupRow
from checkout.store.shipping import get_group, list_group_rows
from checkout.usecases.log_change import log_change
from common.audit import NOTHING, Editor, Subject
from common.errors import Conflict, FieldError, Invalid

Currencies = tuple[str, ...]


class CurrencyIsFixed(Conflict):
    """A group keeps the currency it was made with."""

    code = "currency_is_fixed"
    rule = "R135"


def create_group(
    session: Session,
    draft: GroupDraft,
    *,
    maker_id: UUID,
    brand_id: UUID,
    currencies: Currencies,
    by: Editor,
) -> RateGroupRow:
    """Make the group. Raises Invalid naming every field that is wrong."""
    _check(session, draft, brand_id, currencies)
    enter_brand(session, brand_id=brand_id, maker_id=maker_id)
    group = RateGroupRow(
        maker_id=maker_id, brand_id=brand_id, currency=draft.currency, rates=[], **_columns(draft)
    )
    session.add(group)
    session.flush()
    log_group(session, "rate_group_created", group, by=by, after=_described(group))
    return group


def change_group(
    session: Session, draft: GroupDraft, *, group_id: UUID, by: Editor
) -> RateGroupRow:
    """Save the edited group. Raises NotFound, Invalid, CurrencyIsFixed."""
    group = get_group(session, group_id, brand_ids=by.brand_ids, lock=True)
    before = _described(group)
    if draft.currency != group.currency:
        raise CurrencyIsFixed("The currency was fixed when the group was made.")
    _check(session, draft, group.brand_id, (group.currency,), group)
    for name, value in _columns(draft).items():
        setattr(group, name, value)
    session.flush()
    after = _described(group)
    log_group(session, "rate_group_changed", group, by=by, before=before, after=after)
    return group


def delete_group(session: Session, *, group_id: UUID, by: Editor) -> None:
    """Delete the group for good; links that name it no longer count it as usable (D4)."""
    group = get_group(session, group_id, brand_ids=by.brand_ids, lock=True)
    group.deleted_at = session.scalar(func.now())
    log_group(session, "rate_group_deleted", group, by=by, before=_described(group))


def log_group(
    session: Session,
    action: str,
    group: RateGroupRow,
    *,
    by: Editor,
    rate: str | None = None,
    before: Mapping[str, Any] = NOTHING,
    after: Mapping[str, Any] = NOTHING,
) -> None:
    """Write down a change of the group, or of its rate of that code."""
    log_change(
        session,
        action,
        Subject("rate_group", group.id, f"{group.name} · {rate}" if rate else group.name),
        by=by,
        maker_id=group.maker_id,
        brand_id=group.brand_id,
        before=before,
        after=after,
    )


def _described(group: RateGroupRow) -> dict[str, Any]:
    percent = group.tax_percent
    return {
        "code": group.code,
        "name": group.name,
        "currency": group.currency,
        "country": group.country,
        "tax_percent": f"{percent:.4f}" if percent is not None else None,
        "is_enabled": group.is_enabled,
    }


def _columns(draft: GroupDraft) -> dict[str, Any]:
    return {
        "code": draft.code.strip(),
        "name": draft.name.strip(),
        "country": draft.country,
        "tax_percent": draft.tax_percent,
        "is_enabled": draft.is_enabled,
    }


def _check(
    session: Session,
    draft: GroupDraft,
    brand_id: UUID,
    currencies: Currencies,
    group: RateGroupRow | None = None,
) -> None:
    others = [each for each in list_group_rows(session, brand_id=brand_id) if each is not group]
    errors = errors_in_group(
        draft, currencies=currencies, other_codes={each.code for each in others}
    )
    if group and draft.country != "JP" and any(rate.prefectures for rate in group.rates):
        words = "A rate of this group names prefectures: it can be for Japan only."
        errors.append(FieldError("country", "R139", words))
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)
