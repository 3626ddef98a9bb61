"""Catalogs for integrators: /api/catalog/v1/…"""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from catalog.deps import deps
from catalog.store.catalogs import list_catalogs
from common.web.auth import current_staff

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


@bp.get("/catalogs")
@bp.response(200, CatalogsOut)
def index_catalogs() -> dict[str, Any]:
    """List the catalogs of the brands that the caller may see."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = list_catalogs(session, brand_ids=staff.brand_ids)
    return {"catalogs": [each.catalog for each in found]}
