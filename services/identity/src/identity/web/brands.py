"""/settings/brands: a brand is added, and given another name (R198)."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema, fields

from common.errors import Invalid
from common.web.auth import staff_for
from identity.deps import deps
from identity.store.brands import get_brand
from identity.store.models import Brand
from identity.store.own_sessions import list_copies_of_staff
from identity.usecases.keep_brands import add_brand, rename_brand
from identity.web.forms import Posted, read_form
from identity.web.managers import current_manager, manager_of
from identity.web.staff import field_sentences

bp = Blueprint("brands", __name__, url_prefix="/settings/brands")


class BrandForm(Schema):
    name = fields.String(load_default="")
    code = fields.String(load_default="")


@bp.get("/new")
def show_new() -> ResponseReturnValue:
    current_manager()
    return _page(Posted(), brand=None)


@bp.post("/new")
def add() -> ResponseReturnValue:
    staff, form = current_manager(), read_form(BrandForm)
    name, code = form.values["name"], form.values["code"]
    try:
        with deps().database.transaction(staff.maker_id) as session:
            manager = manager_of(session, staff)
            add_brand(session, name, code, manager=manager, now=deps().now())
            copies = list_copies_of_staff(session)
    except Invalid as refusal:
        return _page(Posted(form.values, field_sentences(refusal)), brand=None), 422
    deps().copies.renew(copies)
    flash(_("The brand “%(name)s” is there.", name=name.strip()), "good")
    return redirect("/settings#brands", 303)


@bp.get("/<uuid:brand_id>")
def show_brand(brand_id: UUID) -> ResponseReturnValue:
    staff_for(brand_id)
    brand = _brand(current_manager().maker_id, brand_id)
    return _page(Posted({"name": brand.name}), brand=brand)


@bp.post("/<uuid:brand_id>")
def rename(brand_id: UUID) -> ResponseReturnValue:
    staff_for(brand_id)
    staff, form = current_manager(), read_form(BrandForm)
    try:
        with deps().database.transaction(staff.maker_id) as session:
            manager, name = manager_of(session, staff), form.values["name"]
            rename_brand(session, brand_id, name, manager=manager, now=deps().now())
    except Invalid as refusal:
        wrong = Posted(form.values, field_sentences(refusal))
        return _page(wrong, brand=_brand(staff.maker_id, brand_id)), 422
    flash(_("Saved."), "good")
    return redirect("/settings#brands", 303)


def _brand(maker_id: UUID | None, brand_id: UUID) -> Brand:
    with deps().database.transaction(maker_id) as session:
        return get_brand(session, brand_id)


def _page(form: Posted, *, brand: Brand | None) -> str:
    return render_template("identity/brand.html", form=form, brand=brand)
