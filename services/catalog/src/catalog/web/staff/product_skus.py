"""A product's SKUs: which are made, their numbers, minimums and packs."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalog.deps import deps
from catalog.domain.sku_template import SkuDraft, SkuTemplate, made_number
from catalog.store.keeping import list_skus_of, lock_product
from catalog.store.models import Product
from catalog.usecases.save_catalog import ChangedMeanwhile
from catalog.usecases.save_product import demand_version
from catalog.usecases.save_skus import put_skus, template_of
from catalog.web.staff.product_editing import own_product
from catalog.web.staff.room import bp, errors_of, said, writing_staff
from common.errors import FieldError, Invalid


@dataclass
class SkuRow:
    """One place of the template as text."""

    field: str
    colour: str
    hex: str
    size: str
    is_made: bool
    number: str
    minimum: str
    multiple: str


@bp.get("/products/<uuid:product_id>/skus")
def show_skus(product_id: UUID) -> str:
    """Show every colour in every size."""
    return _show(own_product(writing_staff(), product_id))


@bp.post("/products/<uuid:product_id>/skus")
def save_skus(product_id: UUID) -> Response | tuple[str, int]:
    """Save numbers, minimums and packs; a place that is not ticked is not made."""
    staff = writing_staff()
    product = own_product(staff, product_id)
    try:
        with deps().database.transaction(staff.maker_id) as session:
            locked = lock_product(session, product_id, brand_ids=staff.brand_ids)
            demand_version(locked, request.form.get("version", 0, type=int))
            template = template_of(list_skus_of(session, product_id))
            put_skus(session, locked, template, _drafts(template, product))
            locked.version += 1
    except (Invalid, ChangedMeanwhile) as wrong:
        return _show(product, wrong), wrong.status
    flash(_("The SKUs are saved."), "good")
    return redirect(f"/products/{product_id}/skus")


def _show(product: Product, wrong: Invalid | ChangedMeanwhile | None = None) -> str:
    with deps().database.transaction(product.maker_id) as session:
        skus = list_skus_of(session, product.id)
    template = template_of(skus)
    there = {(sku.colour, sku.size): sku for sku in skus}
    colours = {colour.code: colour for colour in template.colours}
    sent = request.form if wrong else None
    rows = []
    for at, place in enumerate(template.places()):
        sku, colour = there.get(place), colours[place[0]]
        number = sku.number if sku else made_number(product.model_number, place)
        rows.append(
            SkuRow(
                field=f"skus.{place[0]}.{place[1]}",
                colour=said(dict(colour.names)) or colour.code,
                hex=colour.hex,
                size=place[1],
                is_made=f"made.{at}" in sent if sent else sku is not None,
                number=sent.get(f"number.{at}", "") if sent else number,
                minimum=_typed(sent, "minimum", at, sku.minimum if sku else None),
                multiple=_typed(sent, "multiple", at, sku.multiple if sku else None),
            )
        )
    return render_template(
        "catalog/staff/product_skus.html",
        product=product,
        name=said(product.names),
        rows=rows,
        errors=errors_of(wrong),
        conflict=_(wrong.detail) if isinstance(wrong, ChangedMeanwhile) else None,
    )


def _typed(sent: object, name: str, at: int, stored: int | None) -> str:
    if sent:
        return request.form.get(f"{name}.{at}", "")
    return str(stored or "")


def _drafts(template: SkuTemplate, product: Product) -> list[SkuDraft]:
    """Return the ticked places as typed. Raises Invalid for what is no number."""
    form = request.form
    return [
        SkuDraft(
            *place,
            form.get(f"number.{at}", "").strip() or made_number(product.model_number, place),
            _count(f"minimum.{at}", place),
            _count(f"multiple.{at}", place),
        )
        for at, place in enumerate(template.places())
        if f"made.{at}" in form
    ]


def _count(name: str, place: tuple[str, str]) -> int | None:
    text = request.form.get(name, "").strip()
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        words = "A minimum or a multiple is a whole number of 1 or more."
        wrong = FieldError(f"skus.{place[0]}.{place[1]}", "invalid", words)
        raise Invalid("Some fields are not right.", errors=[wrong])
    return int(text)
