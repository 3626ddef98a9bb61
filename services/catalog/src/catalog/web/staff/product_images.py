"""A product's pictures: added, sorted by hand, given a colour and words, taken out."""

from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalog.deps import deps
from catalog.domain.order import moved
from catalog.store.keeping import list_images_of, list_skus_of, lock_product
from catalog.store.models import Product
from catalog.usecases.keep_pictures import ImageWish, add_image, arrange_images
from catalog.usecases.save_skus import template_of
from catalog.web.keep_file import keep_picture
from catalog.web.pictures import portrait
from catalog.web.staff.product_editing import own_product
from catalog.web.staff.room import bp, brand_of, ids_sent, said, writing_staff
from common.errors import Refusal
from common.files.picture import MOST_BYTES
from common.web.bodies import takes_up_to

MOST_AT_ONCE = 12


@bp.get("/products/<uuid:product_id>/images")
def show_images(product_id: UUID) -> str:
    """Show the pictures in their order."""
    return _show(own_product(writing_staff(), product_id))


@bp.post("/products/files/<uuid:product_id>")
@takes_up_to(MOST_BYTES * 3, of=writing_staff)
def add_images(product_id: UUID) -> Response | tuple[str, int]:
    """Keep the files and add them at the end, each judged by itself."""
    staff = writing_staff()
    product = own_product(staff, product_id)
    files = request.files.getlist("files")[:MOST_AT_ONCE]
    colour = request.form.get("colour") or None
    try:
        for file in files:
            key = keep_picture(file, maker_id=product.maker_id, brand_id=product.brand_id)
            with deps().database.transaction(staff.maker_id) as session:
                locked = lock_product(session, product_id, brand_ids=staff.brand_ids)
                add_image(session, locked, key, colour=colour, alts={})
    except Refusal as wrong:
        return _show(product, wrong=wrong), wrong.status
    flash(_("The pictures are added."), "good")
    return redirect(f"/products/{product_id}/images")


@bp.post("/products/<uuid:product_id>/images/order")
def arrange_product_images(product_id: UUID) -> Response:
    """Save order, colours and words; `up`, `down` and `remove` name one and work without script."""
    staff = writing_staff()
    languages = brand_of(own_product(staff, product_id).brand_id).languages
    order = ids_sent("image_ids")
    for name, by in (("up", -1), ("down", 1)):
        for each in ids_sent(name):
            order = moved(order, each, by=by)
    wishes = [
        ImageWish(
            each,
            request.form.get(f"colour.{each}") or None,
            {lang: request.form.get(f"alt.{each}.{lang}", "") for lang in languages},
        )
        for each in order
    ]
    with deps().database.transaction(staff.maker_id) as session:
        locked = lock_product(session, product_id, brand_ids=staff.brand_ids)
        template = template_of(list_skus_of(session, product_id))
        colours = {colour.code for colour in template.colours}
        removed = set(ids_sent("remove"))
        arrange_images(session, locked, wishes, colours=colours, removed=removed)
    flash(_("The pictures are saved."), "good")
    return redirect(f"/products/{product_id}/images")


def _show(product: Product, *, wrong: Refusal | None = None) -> str:
    with deps().database.transaction(product.maker_id) as session:
        images = list_images_of(session, product.id)
        template = template_of(list_skus_of(session, product.id))
    return render_template(
        "catalog/staff/product_images.html",
        product=product,
        name=said(product.names),
        languages=brand_of(product.brand_id).languages,
        colours=[(each.code, said(dict(each.names)) or each.code) for each in template.colours],
        images=[
            {"id": each.id, "picture": portrait(each.key), "colour": each.colour, "alts": each.alts}
            for each in images
        ],
        error=_(wrong.detail) if wrong else None,
    )
