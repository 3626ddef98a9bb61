"""The JSON API of rate groups and their rates."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from checkout.deps import deps
from checkout.domain.rate_group import GroupDraft, RateDraft
from checkout.gateways.identity import read_brand
from checkout.store.models import RateGroupRow, ShippingRateRow
from checkout.store.shipping import get_group, list_group_rows
from checkout.usecases.keep_rate import add_rate, change_rate, delete_rate
from checkout.usecases.keep_rate_group import change_group, create_group, delete_group
from checkout.web.editing import editor_for, editor_of
from checkout.web.shipping.schemas import (
    GroupIn,
    GroupOut,
    GroupsOut,
    GroupsQuery,
    NewGroupIn,
    RateIn,
    RateOut,
)
from common.errors import FieldError, Invalid
from common.money import Money
from common.web.auth import current_staff, demand_write, staff_for

bp = Blueprint(
    "api_rate_groups", __name__, url_prefix="/rate-groups", description="Shipping rate groups"
)


@bp.get("")
@bp.arguments(GroupsQuery, location="query")
@bp.response(200, GroupsOut)
def list_groups(query: dict[str, Any]) -> dict[str, Any]:
    """List the rate groups of one brand, or of all that you may see."""
    staff = current_staff()
    asked = query.get("brand_id")
    brand_ids = (asked,) if asked and staff_for(asked) else staff.brand_ids
    with deps().database.transaction(staff.maker_id) as session:
        groups = [g for brand in brand_ids for g in list_group_rows(session, brand_id=brand)]
    return {"rate_groups": [_shown(group) for group in groups]}


@bp.post("")
@bp.arguments(NewGroupIn)
@bp.response(201, GroupOut)
def create(sent: dict[str, Any]) -> dict[str, Any]:
    """Make a group. It needs a rate before it can be used."""
    brand_id: UUID = sent.pop("brand_id")
    staff_for(brand_id, write=True)
    brand = read_brand(deps().peers, brand_id)
    with deps().database.transaction(brand.maker_id) as session:
        group = create_group(
            session,
            GroupDraft(**sent),
            maker_id=brand.maker_id,
            brand_id=brand_id,
            currencies=brand.currencies,
            by=editor_for(brand_id),
        )
    return _shown(group)


@bp.get("/<uuid:group_id>")
@bp.response(200, GroupOut)
def show_group(group_id: UUID) -> dict[str, Any]:
    """Show a group with its rates."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        return _shown(get_group(session, group_id, brand_ids=staff.brand_ids))


@bp.put("/<uuid:group_id>")
@bp.arguments(GroupIn)
@bp.response(200, GroupOut)
def update(sent: dict[str, Any], group_id: UUID) -> dict[str, Any]:
    """Replace a group's settings; its currency stays (R135), its rates too."""
    staff = current_staff()
    demand_write(staff)
    with deps().database.transaction(staff.maker_id) as session:
        draft = GroupDraft(**sent)
        return _shown(change_group(session, draft, group_id=group_id, by=editor_of(staff)))


@bp.delete("/<uuid:group_id>")
@bp.response(204)
def remove(group_id: UUID) -> None:
    """Delete a group for good; orders already placed keep their fee."""
    staff = current_staff()
    demand_write(staff)
    with deps().database.transaction(staff.maker_id) as session:
        delete_group(session, group_id=group_id, by=editor_of(staff))


@bp.post("/<uuid:group_id>/rates")
@bp.arguments(RateIn)
@bp.response(201, RateOut)
def create_rate(sent: dict[str, Any], group_id: UUID) -> dict[str, Any]:
    """Add a rate to a group."""
    staff = current_staff()
    demand_write(staff)
    with deps().database.transaction(staff.maker_id) as session:
        group = get_group(session, group_id, brand_ids=staff.brand_ids)
        draft = _rate_draft(sent, group.currency)
        rate = add_rate(session, draft, group_id=group_id, by=editor_of(staff))
        return _shown_rate(rate, group.currency)


@bp.put("/<uuid:group_id>/rates/<uuid:rate_id>")
@bp.arguments(RateIn)
@bp.response(200, RateOut)
def update_rate(sent: dict[str, Any], group_id: UUID, rate_id: UUID) -> dict[str, Any]:
    """Replace a rate; orders already placed keep their fee (R143)."""
    staff = current_staff()
    demand_write(staff)
    with deps().database.transaction(staff.maker_id) as session:
        group = get_group(session, group_id, brand_ids=staff.brand_ids)
        draft = _rate_draft(sent, group.currency)
        rate = change_rate(session, draft, group_id=group_id, rate_id=rate_id, by=editor_of(staff))
        return _shown_rate(rate, group.currency)


@bp.delete("/<uuid:group_id>/rates/<uuid:rate_id>")
@bp.response(204)
def remove_rate(group_id: UUID, rate_id: UUID) -> None:
    """Delete a rate for good; orders through its group may then get no fee (R142)."""
    staff = current_staff()
    demand_write(staff)
    with deps().database.transaction(staff.maker_id) as session:
        delete_rate(session, group_id=group_id, rate_id=rate_id, by=editor_of(staff))


def _rate_draft(sent: dict[str, Any], currency: str) -> RateDraft:
    amounts = {name: sent[name] for name in ("fee", "minimum", "maximum") if sent[name]}
    errors = [
        FieldError(name, "R137", "Use the group's currency.")
        for name, amount in amounts.items()
        if amount["currency"] != currency
    ]
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)
    given = {name: Money.of_json(amount) for name, amount in amounts.items()}
    return RateDraft(
        code=sent["code"], name=sent["name"], prefectures=tuple(sent["prefectures"]), **given
    )


def _shown(group: RateGroupRow) -> dict[str, Any]:
    names = ("id", "brand_id", "code", "name", "currency", "country", "is_enabled")
    return {name: getattr(group, name) for name in names} | {
        "tax_percent": str(group.tax_percent) if group.tax_percent is not None else None,
        "rates": [_shown_rate(rate, group.currency) for rate in group.rates],
    }


def _shown_rate(rate: ShippingRateRow, currency: str) -> dict[str, Any]:
    def amount(minor: int | None) -> Money | None:
        return Money(minor, currency) if minor is not None else None

    return {
        "id": rate.id,
        "code": rate.code,
        "name": rate.name,
        "fee": amount(rate.fee_minor),
        "minimum": amount(rate.minimum_minor),
        "maximum": amount(rate.maximum_minor),
        "prefectures": rate.prefectures,
    }
