"""Many products at once: category, tax, prices by percent, or gone for good."""

from decimal import Decimal, InvalidOperation
from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from catalog.deps import deps
from catalog.store.keeping import lock_products
from catalog.store.products import list_categories
from catalog.store.taxes import list_taxes
from catalog.usecases.edit_products import Changes, delete_products, edit_products
from catalog.web.staff.product_form import tax_chosen
from catalog.web.staff.room import (
    bp,
    brand_of,
    errors_of,
    ids_sent,
    said,
    tax_choices,
    writing_staff,
)
from common.errors import FieldError, Invalid

UNTAXED = "none"


@bp.get("/products/bulk")
def show_bulk() -> Response | str:
    """Show what can be done with the products that were ticked."""
    product_ids = ids_sent("ids")
    if not product_ids:
        flash(_("Tick the products first."), "warn")
        return redirect("/products")
    return _show(product_ids)


@bp.post("/products/bulk")
def edit_bulk() -> Response | tuple[str, int]:
    """Change all of them, or none."""
    staff, product_ids = writing_staff(), ids_sent("ids")
    try:
        changes = _changes()
        with deps().database.transaction(staff.maker_id) as session:
            edit_products(session, product_ids, changes, brand_ids=staff.brand_ids)
    except Invalid as wrong:
        return _show(product_ids, wrong), wrong.status
    count = len(product_ids)
    flash(ngettext("%(num)s product is changed.", "%(num)s products are changed.", count), "good")
    return redirect("/products")


@bp.post("/products/bulk/delete")
def delete_bulk() -> Response | tuple[str, int]:
    """Delete all of them if the word was typed."""
    staff, product_ids = writing_staff(), ids_sent("ids")
    word = request.form.get("word", "")
    try:
        with deps().database.transaction(staff.maker_id) as session:
            delete_products(session, product_ids, brand_ids=staff.brand_ids, word=word)
    except Invalid as wrong:
        return _show(product_ids, wrong), wrong.status
    count = len(product_ids)
    flash(ngettext("%(num)s product is deleted.", "%(num)s products are deleted.", count), "good")
    return redirect("/products")


def _show(product_ids: list[UUID], wrong: Invalid | None = None) -> str:
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = lock_products(session, product_ids, brand_ids=staff.brand_ids)
        owners = {each.brand_id for each in found}
        taxes = list_taxes(session, brand_ids=owners) if len(owners) == 1 else []
        categories = list_categories(session, brand_ids=owners)
    currencies = sorted({each for brand_id in owners for each in brand_of(brand_id).currencies})
    return render_template(
        "catalog/staff/products_bulk.html",
        products=[(each.id, each.model_number, said(each.names)) for each in found],
        taxes=[(UNTAXED, _("None")), *tax_choices(taxes)],
        categories=categories,
        currencies=currencies,
        sent=request.form,
        errors=errors_of(wrong),
    )


def _changes() -> Changes:
    """Return what was chosen; an empty field leaves things as they are. Raises Invalid."""
    sent = request.form
    tax, category = sent.get("tax_id", ""), sent.get("category", "").strip()
    return Changes(
        category=category or None,
        tax_id=None if tax == UNTAXED else tax_chosen(tax),
        is_untaxed=tax == UNTAXED,
        percent=_percent(sent.get("percent", "")),
        currency=sent.get("currency") or None,
    )


def _percent(typed: str) -> Decimal | None:
    text = typed.strip().replace("−", "-")
    try:
        percent = Decimal(text) if text else None
        if percent is None or percent.is_finite():
            return percent
    except InvalidOperation:
        pass
    wrong = FieldError("percent", "invalid", "Give a percentage from -90 to 1000.")
    raise Invalid("Some fields are not right.", errors=[wrong])
