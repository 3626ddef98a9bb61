"""Catalogs and products for integrators: /api/catalog/v1/…"""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from catalog.deps import deps
from catalog.store.catalogs import list_catalogs
from catalog.store.products import list_brand_products
from common.web.auth import current_staff

PAGE = 50
bp = Blueprint("catalog_api", __name__, url_prefix="")


class CatalogOut(Schema):
    id = fields.UUID()
    brand_id = fields.UUID()
    code = fields.String(allow_none=True)
    names = fields.Dict()
    descriptions = fields.Dict()
    status = fields.String()
    open_at = fields.AwareDateTime(allow_none=True)
    order_deadline_at = fields.AwareDateTime(allow_none=True)


class CatalogsOut(Schema):
    catalogs = fields.List(fields.Nested(CatalogOut))


class ProductOut(Schema):
    id = fields.UUID()
    brand_id = fields.UUID()
    model_number = fields.String()
    names = fields.Dict()
    descriptions = fields.Dict()
    materials = fields.Dict()
    category = fields.String()


class ProductsOut(Schema):
    products = fields.List(fields.Nested(ProductOut))
    next = fields.UUID(allow_none=True)


class PageIn(Schema):
    before = fields.UUID(load_default=None)


@bp.get("/catalogs")
@bp.response(200, CatalogsOut)
def index_catalogs() -> dict[str, Any]:
    """List the catalogs of the brands that the caller may see."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_catalogs(session, brand_ids=staff.brand_ids)
    return {"catalogs": [each.catalog for each in found]}


@bp.get("/products")
@bp.arguments(PageIn, location="query")
@bp.response(200, ProductsOut)
def index_products(asked: dict[str, UUID | None]) -> dict[str, Any]:
    """List products, newest first, 50 a page; `next` is the `before` of the page after."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_brand_products(
            session, brand_ids=staff.brand_ids, before=asked["before"], limit=PAGE + 1
        )
    following = found[PAGE - 1].id if len(found) > PAGE else None
    return {"products": list(found[:PAGE]), "next": following}
