"""/api/catalog/v1/product-imports: files of products for programs, planned first, then confirmed."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint
from flask_smorest.fields import Upload
from marshmallow import Schema, fields, validate

from catalog.deps import deps
from catalog.gateways.identity import read_brand
from catalog.store.product_imports import count_rows, get_import, list_rows
from catalog.usecases.apply_import import cancel_import
from catalog.usecases.describe_offer import brand_columns
from catalog.web.import_files import MAX_FILE_BYTES, export_rows, table_response
from catalog.web.import_steps import confirm_file, plan_file
from catalog.web.staff.room import maker_of, writing_staff
from common.web.auth import current_staff, staff_for
from common.web.bodies import takes_up_to
from common.web.i18n import language

bp = Blueprint("product_imports_api", __name__, url_prefix="/product-imports")
FATES = ("create", "update", "unchanged", "skip", "error")


class ProductFileIn(Schema):
    file = Upload(required=True, metadata={"description": "CSV or .xlsx, up to 20 MB."})


class PlanIn(Schema):
    brand_id = fields.UUID(required=True)
    trade_term_id = fields.UUID(
        load_default=None, metadata={"description": "Of the prices of a Shopify file."}
    )
    currency = fields.String(load_default="")
    language = fields.String(load_default="")


class RowsIn(Schema):
    fate = fields.String(load_default=None, validate=validate.OneOf(FATES))
    after = fields.Integer(load_default=0, validate=validate.Range(0, 10_000_000))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 500))


class ExportIn(Schema):
    brand_id = fields.UUID(required=True)
    format = fields.String(load_default="csv", validate=validate.OneOf(["csv", "xlsx"]))


class ImportOut(Schema):
    import_id = fields.UUID()
    brand_id = fields.UUID()
    file_name = fields.String()
    state = fields.String(metadata={"description": "planned, confirmed, done or cancelled."})
    fates = fields.Dict(keys=fields.String(), values=fields.Integer())
    results = fields.Dict(keys=fields.String(), values=fields.Integer())


class RowOut(Schema):
    number = fields.Integer()
    model_number = fields.String()
    fate = fields.String()
    result = fields.String(allow_none=True)
    notes = fields.List(fields.Dict(keys=fields.String(), values=fields.String()))


class RowsOut(Schema):
    rows = fields.List(fields.Nested(RowOut))
    next_after = fields.Integer(allow_none=True)


@bp.post("")
@bp.arguments(PlanIn, location="query")
@bp.arguments(ProductFileIn, location="files")
@bp.response(HTTPStatus.CREATED, ImportOut)
def post_import(asked: dict[str, Any], files: dict[str, Any]) -> dict[str, Any]:
    """Check a file: every row gets its fate, nothing is written."""
    staff = staff_for(asked["brand_id"], write=True)
    asked["term_id"] = asked.pop("trade_term_id")
    made = plan_file(staff, files["file"], maker_id=maker_of(staff), **asked)
    return _shown(made.id)


takes_up_to(MAX_FILE_BYTES, of=writing_staff)(post_import)


@bp.get("/<uuid:import_id>")
@bp.response(HTTPStatus.OK, ImportOut)
def get_one(import_id: UUID) -> dict[str, Any]:
    """Get an import with how many rows have which fate and which result."""
    return _shown(import_id)


@bp.get("/<uuid:import_id>/rows")
@bp.arguments(RowsIn, location="query")
@bp.response(HTTPStatus.OK, RowsOut)
def get_rows(asked: dict[str, Any], import_id: UUID) -> dict[str, Any]:
    """List the rows of an import in the file's order."""
    staff, limit = current_staff(), asked["limit"]
    with deps().database.transaction(staff.maker_id) as session:
        found = get_import(session, import_id, brand_ids=staff.brand_ids)
        rows = list_rows(
            session, found.id, fate=asked["fate"], after=asked["after"], limit=limit + 1
        )
    page = rows[:limit]
    return {"rows": page, "next_after": page[-1].number if len(rows) > limit else None}


@bp.put("/<uuid:import_id>/confirmation")
@bp.response(HTTPStatus.OK, ImportOut)
def put_confirmation(import_id: UUID) -> dict[str, Any]:
    """Let the planned rows be written; many rows take a while, look at the state."""
    staff = writing_staff()
    confirm_file(staff, import_id, maker_id=maker_of(staff))
    return _shown(import_id)


@bp.delete("/<uuid:import_id>")
@bp.response(HTTPStatus.NO_CONTENT)
def delete_import(import_id: UUID) -> None:
    """Cancel an import that was not confirmed."""
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        cancel_import(session, import_id, brand_ids=staff.brand_ids, now=deps().now())


@bp.get("/export")
@bp.arguments(ExportIn, location="query")
@bp.alt_response(HTTPStatus.OK, description="The file")
def get_export(asked: dict[str, Any]) -> Response:
    """Take a brand's products away as a file that an import reads."""
    staff = staff_for(asked["brand_id"])
    brand = read_brand(deps().peers, asked["brand_id"])
    rows = export_rows(deps(), maker_of(staff), asked["brand_id"], brand)
    headers = [each.title(language()) for each in brand_columns(brand)]
    return table_response(asked["format"], "products", headers, rows, now=deps().now())


def _shown(import_id: UUID) -> dict[str, Any]:
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = get_import(session, import_id, brand_ids=staff.brand_ids)
        fates, results = count_rows(session, found.id)
    return {
        "import_id": found.id,
        "brand_id": found.brand_id,
        "file_name": found.file_name,
        "state": found.state,
        "fates": fates,
        "results": {name or "waiting": count for name, count in results.items()},
    }
