"""/products/taxes: the brand's taxes (R63)."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalog.deps import deps
from catalog.domain.tax_rules import TaxDraft
from catalog.store.models import Tax
from catalog.store.taxes import list_taxes, lock_tax
from catalog.usecases.save_catalog import ChangedMeanwhile
from catalog.usecases.save_tax import TaxInUse, check_tax, create_tax, delete_tax, update_tax
from catalog.web.staff.room import (
    bp,
    brand_of,
    brand_tabs,
    chosen_brand,
    errors_of,
    maker_of,
    remember,
    said,
    texts_sent,
    writing_staff,
)
from common.addresses.countries import country_names
from common.errors import Invalid
from common.web.auth import WRITERS, current_staff
from common.web.i18n import language

COUNTRIES = frozenset(code for code, _name in country_names("en"))


@dataclass
class TaxForm:
    """The form's fields as text; nothing typed is lost by an error."""

    names: dict[str, str] = field(default_factory=dict)
    country: str = ""
    percent: str = ""
    is_reduced: bool = False
    rounding: str = "down"
    version: int = 0


@bp.get("/products/taxes")
def index_taxes() -> str:
    """Show the brands' taxes."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_taxes(session, brand_ids=staff.brand_ids)
    names = dict(country_names(language()))
    return render_template(
        "catalog/staff/taxes.html",
        rows=[(tax, said(tax.names), names.get(tax.country, tax.country)) for tax in found],
        percents={tax.id: f"{tax.percent.normalize():f}" for tax in found},
        can_write=staff.role in WRITERS,
    )


@bp.get("/products/taxes/new")
def new_tax() -> str:
    return _show(chosen_brand(writing_staff()), TaxForm(), None)


@bp.post("/products/taxes/new")
def create_one_tax() -> Response | tuple[str, int]:
    """Make the tax, or show the form again with what is wrong."""
    staff = writing_staff()
    brand_id = chosen_brand(staff)
    brand = brand_of(brand_id)
    form = _sent(brand.languages)
    try:
        draft = draft_of(form)
        check_tax(draft, countries=COUNTRIES)
        with deps().database.transaction(staff.maker_id) as session:
            create_tax(session, draft, maker_id=maker_of(staff), brand_id=brand_id)
    except Invalid as wrong:
        return _show(brand_id, form, None, wrong), wrong.status
    remember(brand_id, maker_of(staff), brand)
    flash(_("The tax is saved."), "good")
    return redirect("/products/taxes")


@bp.get("/products/taxes/<uuid:tax_id>")
def edit_tax(tax_id: UUID) -> str:
    """Show the form with the tax in it. Another brand's is not there."""
    tax = _own(tax_id)
    form = TaxForm(
        dict(tax.names),
        tax.country,
        f"{tax.percent.normalize():f}",
        tax.is_reduced,
        tax.rounding,
        tax.version,
    )
    return _show(tax.brand_id, form, tax)


@bp.post("/products/taxes/<uuid:tax_id>")
def update_one_tax(tax_id: UUID) -> Response | tuple[str, int]:
    """Save the edited tax; orders that were placed keep theirs."""
    staff, tax = writing_staff(), _own(tax_id)
    form = _sent(brand_of(tax.brand_id).languages)
    try:
        draft = draft_of(form)
        check_tax(draft, countries=COUNTRIES)
        with deps().database.transaction(staff.maker_id) as session:
            locked = lock_tax(session, tax_id, brand_ids=staff.brand_ids)
            update_tax(session, locked, draft, version=form.version)
    except (Invalid, ChangedMeanwhile) as wrong:
        return _show(tax.brand_id, form, tax, wrong), wrong.status
    flash(_("The tax is saved."), "good")
    return redirect("/products/taxes")


@bp.post("/products/taxes/<uuid:tax_id>/delete")
def delete_one_tax(tax_id: UUID) -> Response | tuple[str, int]:
    """Delete the tax if the word was typed and no product carries it."""
    staff, tax = writing_staff(), _own(tax_id)
    form = TaxForm(
        dict(tax.names),
        tax.country,
        f"{tax.percent.normalize():f}",
        tax.is_reduced,
        tax.rounding,
        tax.version,
    )
    try:
        with deps().database.transaction(staff.maker_id) as session:
            locked = lock_tax(session, tax_id, brand_ids=staff.brand_ids)
            delete_tax(session, locked, word=request.form.get("word", ""))
    except (Invalid, TaxInUse) as wrong:
        return _show(tax.brand_id, form, tax, wrong), wrong.status
    flash(_("The tax is deleted."), "good")
    return redirect("/products/taxes")


def draft_of(form: TaxForm) -> TaxDraft:
    try:
        percent = Decimal(form.percent) if form.percent else None
    except InvalidOperation:
        percent = None
    return TaxDraft(
        names=form.names,
        country=form.country,
        percent=percent,
        is_reduced=form.is_reduced,
        rounding=form.rounding,
    )


def _own(tax_id: UUID) -> Tax:
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        return lock_tax(session, tax_id, brand_ids=staff.brand_ids)


def _sent(languages: tuple[str, ...]) -> TaxForm:
    form = request.form
    return TaxForm(
        texts_sent("names", languages),
        form.get("country", ""),
        form.get("percent", "").strip(),
        "is_reduced" in form,
        form.get("rounding", ""),
        form.get("version", 0, type=int),
    )


def _show(
    brand_id: UUID,
    form: TaxForm,
    tax: Tax | None,
    wrong: Invalid | ChangedMeanwhile | TaxInUse | None = None,
) -> str:
    return render_template(
        "catalog/staff/tax_form.html",
        form=form,
        tax=tax,
        brand=brand_of(brand_id),
        brand_id=brand_id,
        tabs=[] if tax else brand_tabs(writing_staff(), brand_id, "/products/taxes/new"),
        countries=country_names(language()),
        errors=errors_of(wrong),
        conflict=_(wrong.detail) if wrong and not isinstance(wrong, Invalid) else None,
    )
