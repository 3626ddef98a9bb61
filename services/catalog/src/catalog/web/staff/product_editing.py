"""Create, edit, duplicate and delete a product."""

from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalog.deps import deps
from catalog.store.keeping import list_skus_of, lock_product
from catalog.store.models import Product
from catalog.store.products import get_product, list_categories
from catalog.store.taxes import list_taxes
from catalog.usecases.copy_product import copy_product
from catalog.usecases.edit_products import delete_products
from catalog.usecases.save_catalog import ChangedMeanwhile
from catalog.usecases.save_product import create_product, update_product
from catalog.web.staff.product_form import ProductForm, draft_of, form_of, form_sent, wants_more
from catalog.web.staff.room import (
    bp,
    brand_of,
    brand_tabs,
    chosen_brand,
    errors_of,
    maker_of,
    remember,
    said,
    tax_choices,
    writing_staff,
)
from common.errors import Invalid
from common.sessions import Claims


@bp.get("/products/new")
def new_product() -> str:
    """Show the empty form, for one of the staff's brands."""
    return _show_form(chosen_brand(writing_staff()), ProductForm(), None)


@bp.post("/products/new")
def create_one() -> Response | tuple[str, int]:
    """Make the product, or show the form again with everything typed and what is wrong."""
    staff = writing_staff()
    brand_id = chosen_brand(staff)
    brand = brand_of(brand_id)
    form = form_sent(brand)
    if wants_more():
        return _show_form(brand_id, form, None), 200
    try:
        draft, template = draft_of(form)
        with deps().database.transaction(maker_of(staff)) as session:
            made = create_product(
                session, draft, template, maker_id=maker_of(staff), brand_id=brand_id
            )
    except Invalid as wrong:
        return _show_form(brand_id, form, None, wrong), wrong.status
    remember(brand_id, maker_of(staff), brand)
    flash(_("The product is made. Now say what it costs."), "good")
    return redirect(f"/products/{made.id}/prices")


@bp.get("/products/<uuid:product_id>/edit")
def edit_product(product_id: UUID) -> str:
    """Show the form with the product in it. Another brand's is not there."""
    product = own_product(writing_staff(), product_id)
    with deps().database.transaction(product.maker_id) as session:
        skus = list_skus_of(session, product_id)
    return _show_form(product.brand_id, form_of(product, skus), product)


@bp.post("/products/<uuid:product_id>/edit")
def update_one(product_id: UUID) -> Response | tuple[str, int]:
    """Save the edited product; a second editor is told instead of overwriting the first."""
    staff = writing_staff()
    product = own_product(staff, product_id)
    form = form_sent(brand_of(product.brand_id))
    if wants_more():
        return _show_form(product.brand_id, form, product), 200
    try:
        draft, template = draft_of(form)
        with deps().database.transaction(staff.maker_id) as session:
            locked = lock_product(session, product_id, brand_ids=staff.brand_ids)
            update_product(session, locked, draft, template, version=form.version)
    except (Invalid, ChangedMeanwhile) as wrong:
        return _show_form(product.brand_id, form, product, wrong), wrong.status
    flash(_("The product is saved."), "good")
    return redirect(f"/products/{product_id}")


@bp.post("/products/<uuid:product_id>/duplicate")
def duplicate_product(product_id: UUID) -> Response:
    """Make a copy and open its form."""
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        product = lock_product(session, product_id, brand_ids=staff.brand_ids)
        names = {key: _("%(name)s (copy)", name=name) for key, name in product.names.items()}
        copy = copy_product(session, product, names=names)
    flash(_("This is the copy. It has a number of its own and is in no catalog yet."), "good")
    return redirect(f"/products/{copy.id}/edit")


@bp.get("/products/<uuid:product_id>/delete")
def ask_to_delete_product(product_id: UUID) -> str:
    """Say what deleting means and ask for the word."""
    return _show_deleting(own_product(writing_staff(), product_id))


@bp.post("/products/<uuid:product_id>/delete")
def delete_product(product_id: UUID) -> Response | tuple[str, int]:
    """Delete the product if the word was typed."""
    staff = writing_staff()
    product = own_product(staff, product_id)
    word = request.form.get("word", "")
    try:
        with deps().database.transaction(staff.maker_id) as session:
            delete_products(session, [product_id], brand_ids=staff.brand_ids, word=word)
    except Invalid as wrong:
        return _show_deleting(product, wrong), wrong.status
    flash(_("The product is deleted."), "good")
    return redirect("/products")


def own_product(staff: Claims, product_id: UUID) -> Product:
    """Return the product. Another brand's is not there: ProductNotFound."""
    with deps().database.transaction(staff.maker_id) as session:
        return get_product(session, product_id, brand_ids=staff.brand_ids)[0]


def _show_deleting(product: Product, wrong: Invalid | None = None) -> str:
    return render_template(
        "catalog/staff/product_delete.html",
        product=product,
        name=said(product.names),
        errors=errors_of(wrong),
    )


def _show_form(
    brand_id: UUID,
    form: ProductForm,
    product: Product | None,
    wrong: Invalid | ChangedMeanwhile | None = None,
) -> str:
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        taxes = list_taxes(session, brand_ids=[brand_id])
        categories = list_categories(session, brand_ids=[brand_id])
    return render_template(
        "catalog/staff/product_form.html",
        form=form,
        product=product,
        name=said(product.names) if product else "",
        brand_id=brand_id,
        brand=brand_of(brand_id),
        tabs=[] if product else brand_tabs(staff, brand_id, "/products/new"),
        taxes=tax_choices(taxes),
        categories=categories,
        errors=errors_of(wrong),
        conflict=_(wrong.detail) if isinstance(wrong, ChangedMeanwhile) else None,
    )
