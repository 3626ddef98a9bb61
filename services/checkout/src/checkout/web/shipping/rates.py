"""Shipping → a group's rates: a new one, one edited, one deleted."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from checkout.deps import deps
from checkout.domain.terms import Brand
from checkout.store.models import RateGroupRow, ShippingRateRow
from checkout.usecases.keep_rate import add_rate, change_rate, delete_rate, rate_of
from checkout.web.editing import editor_for
from checkout.web.shipping.forms import (
    NEW_RATE,
    RATE_FIELDS,
    Typed,
    rate_as_typed,
    rate_draft,
    read_typed,
    sentences,
)
from checkout.web.shipping.groups import own_group
from checkout.web.words import country_name, prefecture_choices
from common.errors import Invalid
from common.web.auth import current_staff, demand_write

bp = Blueprint("rates", __name__, url_prefix="/shipping/<uuid:group_id>/rates")


@bp.get("/new")
def new_rate(group_id: UUID) -> str:
    _brand, group = own_group(group_id)
    demand_write(current_staff())
    return _form(group, None, dict(NEW_RATE), [])


@bp.post("/new")
def create(group_id: UUID) -> Response | tuple[str, int]:
    brand, group = own_group(group_id)
    return _save(brand, group, None)


@bp.get("/<uuid:rate_id>")
def edit_rate(group_id: UUID, rate_id: UUID) -> str:
    _brand, group = own_group(group_id)
    rate = rate_of(group, rate_id)
    return _form(group, rate, rate_as_typed(rate, group.currency), rate.prefectures)


@bp.post("/<uuid:rate_id>")
def update(group_id: UUID, rate_id: UUID) -> Response | tuple[str, int]:
    brand, group = own_group(group_id)
    return _save(brand, group, rate_of(group, rate_id))


@bp.post("/<uuid:rate_id>/delete")
def remove(group_id: UUID, rate_id: UUID) -> Response:
    """Delete the rate for good (R142)."""
    brand, _group = own_group(group_id)
    demand_write(current_staff())
    with deps().database.transaction(brand.maker_id) as session:
        delete_rate(session, group_id=group_id, rate_id=rate_id, by=editor_for(brand.brand_id))
    flash(_("The rate is deleted. Orders already placed keep their fee."), "good")
    return redirect(url_for("shipping.edit_group", group_id=group_id), code=303)


def _save(
    brand: Brand, group: RateGroupRow, rate: ShippingRateRow | None
) -> Response | tuple[str, int]:
    demand_write(current_staff())
    typed = read_typed(request.form, RATE_FIELDS)
    prefectures = request.form.getlist("prefectures")
    by = editor_for(brand.brand_id)
    try:
        draft = rate_draft(typed, prefectures, group.currency)
        with deps().database.transaction(brand.maker_id) as session:
            if rate is None:
                add_rate(session, draft, group_id=group.id, by=by)
            else:
                change_rate(session, draft, group_id=group.id, rate_id=rate.id, by=by)
    except Invalid as wrong:
        return _form(group, rate, typed, prefectures, wrong), wrong.status
    flash(_("The rate is saved. Orders already placed keep their fee."), "good")
    return redirect(url_for("shipping.edit_group", group_id=group.id), code=303)


def _form(
    group: RateGroupRow,
    rate: ShippingRateRow | None,
    typed: Typed,
    prefectures: list[str],
    wrong: Invalid | None = None,
) -> str:
    return render_template(
        "checkout/shipping/rate.html",
        group=group,
        rate=rate,
        typed=typed,
        chosen=prefectures,
        errors=sentences(wrong),
        prefectures=prefecture_choices(),
        country_name=country_name,
    )
