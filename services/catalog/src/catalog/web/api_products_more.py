"""Pictures of products, and many products at once, for integrators."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from flask_smorest.fields import Upload as UploadField
from marshmallow import Schema, fields
from werkzeug.datastructures import Headers

from catalog.deps import deps
from catalog.store.keeping import list_images_of, list_skus_of, lock_product
from catalog.store.products import get_product
from catalog.usecases.edit_products import Changes, edit_products
from catalog.usecases.keep_pictures import ImageWish, add_image, arrange_images
from catalog.usecases.save_skus import template_of
from catalog.web.api_products import whole
from catalog.web.api_schemas import ImageOut, ImagesIn, ManyIn, WholeProductOut
from catalog.web.api_versions import etag_of
from catalog.web.keep_file import keep_picture
from catalog.web.pictures import portrait
from catalog.web.staff.room import writing_staff
from common.files.picture import MOST_BYTES
from common.web.bodies import takes_up_to

bp = Blueprint("products_more_api", __name__, url_prefix="/products", description="Products")
files_bp = Blueprint("catalog_files_api", __name__, url_prefix="/files", description="Pictures")


class FileIn(Schema):
    file = UploadField(required=True)


class ImageFormIn(Schema):
    product_id = fields.UUID(required=True)
    colour = fields.String(load_default=None)


@bp.patch("")
@bp.arguments(ManyIn)
@bp.response(204)
def change_products_by_api(sent: dict[str, Any]) -> None:
    """Change category, tax or prices of many products: all of them, or none."""
    staff, product_ids = writing_staff(), sent.pop("product_ids")
    is_untaxed = "tax_id" in sent and sent["tax_id"] is None
    with deps().database.transaction(staff.maker_id) as session:
        changes = Changes(**sent, is_untaxed=is_untaxed)
        edit_products(session, product_ids, changes, brand_ids=staff.brand_ids)


@files_bp.post("/product-images")
@files_bp.arguments(ImageFormIn, location="form")
@files_bp.arguments(FileIn, location="files")
@files_bp.response(201, ImageOut)
def add_image_by_api(form: dict[str, Any], files: dict[str, Any]) -> dict[str, Any]:
    """Add a picture (JPEG, PNG, WebP, GIF, up to 20 MiB) behind the others."""
    staff, product_id = writing_staff(), form["product_id"]
    with deps().database.transaction(staff.maker_id) as session:
        product, _tax = get_product(session, product_id, brand_ids=staff.brand_ids)
    key = keep_picture(files["file"], maker_id=product.maker_id, brand_id=product.brand_id)
    with deps().database.transaction(staff.maker_id) as session:
        locked = lock_product(session, product_id, brand_ids=staff.brand_ids)
        image = add_image(session, locked, key, colour=form["colour"], alts={})
    url = portrait(key)["url"]
    return {"id": image.id, "url": url, "colour": image.colour, "alts": image.alts}


takes_up_to(MOST_BYTES, of=writing_staff)(add_image_by_api)


@bp.put("/<uuid:product_id>/images")
@bp.arguments(ImagesIn)
@bp.response(200, WholeProductOut)
def put_images_by_api(
    sent: dict[str, Any], product_id: UUID
) -> tuple[dict[str, Any], int, Headers]:
    """Sort the pictures, give them colours and words; one that is left out is taken out."""
    staff = writing_staff()
    wishes = [ImageWish(**each) for each in sent["images"]]
    with deps().database.transaction(staff.maker_id) as session:
        product = lock_product(session, product_id, brand_ids=staff.brand_ids)
        known = {each.id for each in list_images_of(session, product_id)}
        template = template_of(list_skus_of(session, product_id))
        arrange_images(
            session,
            product,
            wishes,
            colours={each.code for each in template.colours},
            removed=known - {wish.id for wish in wishes},
        )
        return whole(session, product), 200, etag_of(product.version)
