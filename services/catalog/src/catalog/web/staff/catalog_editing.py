"""Create, edit, duplicate and delete a catalog."""

from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalog.deps import deps
from catalog.gateways.checkout import Ordering, read_ordering
from catalog.store.editing import lock_catalog
from catalog.store.models import Catalog
from catalog.usecases.copy_catalog import copy_catalog
from catalog.usecases.delete_catalog import delete_catalog
from catalog.usecases.save_catalog import (
    ChangedMeanwhile,
    check_draft,
    create_catalog,
    update_catalog,
)
from catalog.web.staff.catalog_form import CatalogForm, draft_of, form_of, form_sent
from catalog.web.staff.own_catalog import own_catalog
from catalog.web.staff.room import (
    bp,
    brand_of,
    brand_tabs,
    chosen_brand,
    errors_of,
    maker_of,
    remember,
    said,
    writing_staff,
)
from common.errors import Invalid


@bp.get("/catalogs/new")
def new_catalog() -> str:
    """Show the empty form, for one of the staff's brands. A new catalog is Closed unless said."""
    brand_id = chosen_brand(writing_staff())
    return _show_form(brand_id, CatalogForm(), None)


@bp.post("/catalogs/new")
def create() -> Response | tuple[str, int]:
    """Make the catalog, or show the form again with everything typed and what is wrong."""
    staff = writing_staff()
    brand_id = chosen_brand(staff)
    brand, ordering = brand_of(brand_id), read_ordering(deps().peers, brand_id)
    form = form_sent(brand)
    try:
        draft = draft_of(form, ordering, zone=brand.time_zone)
        check_draft(draft, ordering)
        with deps().database.transaction(maker_of(staff)) as session:
            made = create_catalog(session, draft, maker_id=maker_of(staff), brand_id=brand_id)
        remember(brand_id, maker_of(staff), brand)
    except Invalid as wrong:
        return _show_form(brand_id, form, None, wrong), wrong.status
    flash(_("The catalog is made. Now choose its products."), "good")
    return redirect(f"/catalogs/{made.id}/products")


@bp.get("/catalogs/<uuid:catalog_id>/edit")
def edit_catalog(catalog_id: UUID) -> str:
    """Show the form with the catalog in it; the page's script puts times in the browser's zone."""
    catalog = own_catalog(writing_staff(), catalog_id).catalog
    form = form_of(catalog, brand_of(catalog.brand_id).time_zone)
    return _show_form(catalog.brand_id, form, catalog)


@bp.post("/catalogs/<uuid:catalog_id>/edit")
def update(catalog_id: UUID) -> Response | tuple[str, int]:
    """Save the edited catalog; a second editor is told instead of overwriting the first."""
    staff = writing_staff()
    catalog = own_catalog(staff, catalog_id).catalog
    brand = brand_of(catalog.brand_id)
    ordering = read_ordering(deps().peers, catalog.brand_id)
    form = form_sent(brand)
    try:
        draft = draft_of(form, ordering, zone=brand.time_zone, catalog=catalog)
        check_draft(draft, ordering)
        with deps().database.transaction(staff.maker_id) as session:
            locked = lock_catalog(session, catalog_id, brand_ids=staff.brand_ids)
            update_catalog(session, locked, draft, version=form.version)
    except (Invalid, ChangedMeanwhile) as wrong:
        return _show_form(catalog.brand_id, form, catalog, wrong), wrong.status
    flash(_("The catalog is saved."), "good")
    return redirect(f"/catalogs/{catalog_id}")


@bp.post("/catalogs/<uuid:catalog_id>/duplicate")
def duplicate(catalog_id: UUID) -> Response:
    """Make a closed copy and open its form."""
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        catalog = lock_catalog(session, catalog_id, brand_ids=staff.brand_ids)
        names = {key: _("%(name)s (copy)", name=name) for key, name in catalog.names.items()}
        copy = copy_catalog(session, catalog, names=names)
    flash(_("This is the copy. It is closed and has no code."), "good")
    return redirect(f"/catalogs/{copy.id}/edit")


@bp.get("/catalogs/<uuid:catalog_id>/delete")
def ask_to_delete(catalog_id: UUID) -> str:
    """Say what deleting means and ask for the word."""
    return _show_deleting(own_catalog(writing_staff(), catalog_id).catalog)


@bp.post("/catalogs/<uuid:catalog_id>/delete")
def delete(catalog_id: UUID) -> Response | tuple[str, int]:
    """Delete the catalog if the word was typed (R77)."""
    staff = writing_staff()
    catalog = own_catalog(staff, catalog_id).catalog
    try:
        with deps().database.transaction(staff.maker_id) as session:
            locked = lock_catalog(session, catalog_id, brand_ids=staff.brand_ids)
            word = request.form.get("word", "")
            delete_catalog(session, locked, word=word, now=deps().now())
    except Invalid as wrong:
        return _show_deleting(catalog, wrong), wrong.status
    flash(_("The catalog is deleted."), "good")
    return redirect("/catalogs")


def _show_deleting(catalog: Catalog, wrong: Invalid | None = None) -> str:
    return render_template(
        "catalog/staff/delete.html",
        catalog=catalog,
        name=said(catalog.names),
        errors=errors_of(wrong),
    )


def _show_form(
    brand_id: UUID,
    form: CatalogForm,
    catalog: Catalog | None,
    wrong: Invalid | ChangedMeanwhile | None = None,
) -> str:
    ordering = read_ordering(deps().peers, brand_id)
    return render_template(
        "catalog/staff/catalog_form.html",
        form=form,
        catalog=catalog,
        name=said(catalog.names) if catalog else "",
        is_stored=catalog is not None and wrong is None,
        brand_id=brand_id,
        brand=brand_of(brand_id),
        tabs=[] if catalog else brand_tabs(writing_staff(), brand_id, "/catalogs/new"),
        can_take_cards=ordering.can_take_cards,
        rate_rows=_rate_rows(ordering, form),
        errors=errors_of(wrong),
        conflict=_(wrong.detail) if isinstance(wrong, ChangedMeanwhile) else None,
    )


def _rate_rows(
    ordering: Ordering, form: CatalogForm
) -> list[tuple[str, str | None, list[tuple[str, str]], str | None]]:
    """Return (currency, country, groups, chosen) for each combination that has a group (R133)."""
    rows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for group in ordering.rate_groups:
        rows.setdefault((group.currency, group.country or ""), []).append((group.id, group.name))
    return [
        (
            currency,
            country or None,
            groups,
            next((each for each, _name in groups if each in form.rate_group_ids), None),
        )
        for (currency, country), groups in sorted(rows.items())
    ]
