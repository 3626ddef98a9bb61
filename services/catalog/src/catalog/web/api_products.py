"""Products for integrators: /api/catalog/v1/products, through the pages' own use cases."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from sqlalchemy.orm import Session
from werkzeug.datastructures import Headers

from catalog.deps import deps
from catalog.domain.product_rules import ProductDraft
from catalog.domain.sku_template import Colour, SkuDraft, SkuTemplate, made_number
from catalog.gateways.identity import read_brand
from catalog.store.keeping import lock_product
from catalog.store.models import Product
from catalog.store.prices import list_prices
from catalog.store.products import get_product, list_brand_products, list_parts
from catalog.usecases.copy_product import copy_product
from catalog.usecases.edit_products import delete_products
from catalog.usecases.save_prices import save_prices
from catalog.usecases.save_product import create_product, update_product
from catalog.usecases.save_skus import put_skus, template_of
from catalog.web.api_schemas import (
    CopyIn,
    IfMatch,
    ProductIn,
    ProductReplaced,
    ProductsAsked,
    ProductsOut,
    WholeProductOut,
    WordIn,
)
from catalog.web.api_versions import demanded_version, etag_of
from catalog.web.pictures import portrait
from catalog.web.staff.room import maker_of, remember, writing_staff
from common.web.auth import current_staff, staff_for

PAGE = 50
bp = Blueprint("products_api", __name__, url_prefix="/products", description="Products")
Tagged = tuple[dict[str, Any], int, Headers]


@bp.get("")
@bp.arguments(ProductsAsked, location="query")
@bp.response(200, ProductsOut)
def index_products(asked: dict[str, Any]) -> dict[str, Any]:
    """List products, newest first, 50 a page; `next` is the `before` of the page after."""
    staff, brand_id = current_staff(), asked["brand_id"]
    with deps().database.transaction(staff.maker_id) as session:
        found = list_brand_products(
            session,
            brand_ids=[brand_id] if brand_id and staff_for(brand_id) else staff.brand_ids,
            before=asked["before"],
            search=asked["search"],
            category=asked["category"],
            limit=PAGE + 1,
        )
    following = found[PAGE - 1].id if len(found) > PAGE else None
    return {"products": list(found[:PAGE]), "next": following}


@bp.post("")
@bp.arguments(ProductIn)
@bp.response(201, WholeProductOut)
def create_product_by_api(sent: dict[str, Any]) -> Tagged:
    """Make a product with its SKU template, SKUs and prices."""
    brand_id = sent.pop("brand_id")
    staff = staff_for(brand_id, write=True)
    brand, maker_id = read_brand(deps().peers, brand_id), maker_of(staff)
    draft, template = _draft(sent)
    with deps().database.transaction(maker_id) as session:
        product = create_product(session, draft, template, maker_id=maker_id, brand_id=brand_id)
        _put_parts(session, product, template, sent, brand.offered())
        session.flush()
        shown = whole(session, product)
    remember(brand_id, maker_id, brand)
    return shown, 201, etag_of(product.version)


@bp.get("/<uuid:product_id>")
@bp.response(200, WholeProductOut)
def read_product_by_api(product_id: UUID) -> Tagged:
    """Read one product. Another brand's is not there."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        product, _tax = get_product(session, product_id, brand_ids=staff.brand_ids)
        return whole(session, product), 200, etag_of(product.version)


@bp.put("/<uuid:product_id>")
@bp.arguments(IfMatch, location="headers", as_kwargs=True)
@bp.arguments(ProductReplaced)
@bp.response(200, WholeProductOut)
@bp.alt_response(412, description="Somebody else has saved it since you read it.")
@bp.alt_response(428, description="If-Match is missing.")
def replace_product_by_api(sent: dict[str, Any], product_id: UUID, **_headers: Any) -> Tagged:
    """Replace words, template, SKUs and prices; pictures have an address of their own."""
    staff, version = writing_staff(), demanded_version()
    with deps().database.transaction(staff.maker_id) as session:
        brand_id = get_product(session, product_id, brand_ids=staff.brand_ids)[0].brand_id
    offered = read_brand(deps().peers, brand_id).offered()
    draft, template = _draft(sent)
    with deps().database.transaction(staff.maker_id) as session:
        product = lock_product(session, product_id, brand_ids=staff.brand_ids)
        update_product(session, product, draft, template, version=version)
        _put_parts(session, product, template, sent, offered)
        session.flush()
        return whole(session, product), 200, etag_of(product.version)


@bp.delete("/<uuid:product_id>")
@bp.arguments(WordIn)
@bp.response(204)
def delete_product_by_api(sent: dict[str, str], product_id: UUID) -> None:
    """Delete a product for ever; the word is `confirm`."""
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        delete_products(session, [product_id], brand_ids=staff.brand_ids, word=sent["word"])


@bp.post("/<uuid:product_id>/copies")
@bp.arguments(CopyIn)
@bp.response(201, WholeProductOut)
def copy_product_by_api(sent: dict[str, Any], product_id: UUID) -> Tagged:
    """Make a copy under a model number of its own, in no catalog."""
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        product = lock_product(session, product_id, brand_ids=staff.brand_ids)
        copy = copy_product(session, product, names=dict(sent["names"] or product.names))
        session.flush()
        return whole(session, copy), 201, etag_of(copy.version)


def whole(session: Session, product: Product) -> dict[str, Any]:
    """Return the product with everything that hangs on it."""
    parts = list_parts(session, product_ids=[product.id])[product.id]
    template = template_of(parts.skus)
    columns = ("id", "brand_id", "model_number", "names", "descriptions", "materials")
    return {name: getattr(product, name) for name in (*columns, "category", "tax_id")} | {
        "colours": template.colours,
        "sizes": template.sizes,
        "skus": parts.skus,
        "prices": list_prices(session, product_id=product.id),
        "images": [
            {"id": i.id, "url": portrait(i.key)["url"], "colour": i.colour, "alts": i.alts}
            for i in parts.images
        ],
    }


def _draft(sent: dict[str, Any]) -> tuple[ProductDraft, SkuTemplate]:
    names = ("model_number", "names", "descriptions", "materials", "category", "tax_id")
    colours = tuple(Colour(**each) for each in sent["colours"])
    return ProductDraft(**{n: sent[n] for n in names}), SkuTemplate(colours, tuple(sent["sizes"]))


def _put_parts(
    session: Session,
    product: Product,
    template: SkuTemplate,
    sent: dict[str, Any],
    offered: list[tuple[UUID, str]],
) -> None:
    if sent["skus"] is not None:
        drafts = [
            SkuDraft(**each | {"number": each["number"] or _number(product, each)})
            for each in sent["skus"]
        ]
        put_skus(session, product, template, drafts)
    prices = {(each["trade_term_id"], each["currency"]): each["minor"] for each in sent["prices"]}
    save_prices(session, product, prices, offered=offered, version=product.version)


def _number(product: Product, sku: dict[str, Any]) -> str:
    return made_number(product.model_number, (sku["colour"], sku["size"]))
