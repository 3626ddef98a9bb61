"""Shipping → rate groups: the list, a new one, one with its rates."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from checkout.deps import deps
from checkout.domain.terms import Brand
from checkout.gateways.identity import read_brand
from checkout.store.models import RateGroupRow
from checkout.store.shipping import get_group, list_group_rows
from checkout.usecases.keep_rate_group import change_group, create_group, delete_group
from checkout.web.brand_parts import of_each_brand
from checkout.web.editing import editor_for
from checkout.web.shipping.forms import (
    GROUP_FIELDS,
    NEW_GROUP,
    Typed,
    group_as_typed,
    group_draft,
    read_typed,
    sentences,
)
from checkout.web.words import country_name
from common.addresses import country_names
from common.errors import Invalid, NotFound
from common.web.auth import current_staff, demand_write, staff_for
from common.web.i18n import language

bp = Blueprint("shipping", __name__, url_prefix="/shipping")


@bp.get("")
def index_groups() -> str:
    """Show every brand's groups and what their rates ask for."""
    parts = of_each_brand(lambda session, brand: list_group_rows(session, brand_id=brand))
    return render_template("checkout/shipping/index.html", parts=parts, country_name=country_name)


@bp.get("/new")
def new_group() -> str:
    return _form(_asked_brand(), None, dict(NEW_GROUP))


@bp.post("/new")
def create() -> Response | tuple[str, int]:
    """Make the group and go on to its first rate, without which it cannot be used (D4)."""
    brand = _asked_brand()
    typed = read_typed(request.form, GROUP_FIELDS)
    try:
        with deps().database.transaction(brand.maker_id) as session:
            group = create_group(
                session,
                group_draft(typed),
                maker_id=brand.maker_id,
                brand_id=brand.brand_id,
                currencies=brand.currencies,
                by=editor_for(brand.brand_id),
            )
    except Invalid as wrong:
        return _form(brand, None, typed, wrong), wrong.status
    flash(_("The group is made. It needs a rate before it can be used."), "good")
    return redirect(url_for("rates.new_rate", group_id=group.id), code=303)


@bp.get("/<uuid:group_id>")
def edit_group(group_id: UUID) -> str:
    brand, group = own_group(group_id)
    return _form(brand, group, group_as_typed(group))


@bp.post("/<uuid:group_id>")
def update(group_id: UUID) -> Response | tuple[str, int]:
    brand, group = own_group(group_id)
    demand_write(current_staff())
    typed = read_typed(request.form, GROUP_FIELDS) | {"currency": group.currency}
    try:
        with deps().database.transaction(brand.maker_id) as session:
            change_group(
                session, group_draft(typed), group_id=group_id, by=editor_for(brand.brand_id)
            )
    except Invalid as wrong:
        return _form(brand, group, typed, wrong), wrong.status
    flash(_("The group is saved. Orders already placed keep their fee."), "good")
    return redirect(url_for("shipping.edit_group", group_id=group_id), code=303)


@bp.post("/<uuid:group_id>/delete")
def remove(group_id: UUID) -> Response:
    """Delete the group; links that chose it fall back as if the row were not there (D4)."""
    brand, _group = own_group(group_id)
    demand_write(current_staff())
    with deps().database.transaction(brand.maker_id) as session:
        delete_group(session, group_id=group_id, by=editor_for(brand.brand_id))
    flash(_("The group is deleted. Orders already placed keep their fee."), "good")
    return redirect(url_for("shipping.index_groups"), code=303)


def own_group(group_id: UUID) -> tuple[Brand, RateGroupRow]:
    """Return the group and its brand, if the staff may see it. Raises NotFound."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        group = get_group(session, group_id, brand_ids=staff.brand_ids)
    return read_brand(deps().peers, group.brand_id), group


def _asked_brand() -> Brand:
    staff = current_staff()
    demand_write(staff)
    try:
        brand_id = UUID(request.values.get("brand", "")) if "brand" in request.values else None
    except ValueError as wrong:
        raise NotFound("There is no such brand.") from wrong
    if brand_id is None and not staff.brand_ids:
        raise NotFound("There is no such brand.")
    brand_id = brand_id or staff.brand_ids[0]
    staff_for(brand_id, write=True)
    return read_brand(deps().peers, brand_id)


def _form(
    brand: Brand, group: RateGroupRow | None, typed: Typed, wrong: Invalid | None = None
) -> str:
    return render_template(
        "checkout/shipping/group.html",
        brand=brand,
        group=group,
        typed=typed,
        errors=sentences(wrong),
        countries=country_names(language()),
        country_name=country_name,
    )
