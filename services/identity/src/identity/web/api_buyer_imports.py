"""/api/identity/v1/buyer-imports: files of buyers for programs, planned first, then confirmed."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint
from flask_smorest.fields import Upload
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session

from common.web.auth import current_staff, staff_for
from common.web.i18n import language
from identity.deps import deps
from identity.domain.buyer_columns import titles
from identity.domain.import_plan import RowFate
from identity.store.buyer_list import Search
from identity.store.imports import count_rows, get_import, list_rows
from identity.store.models import BuyerImport
from identity.usecases.apply_import import apply_import, cancel_import, confirm_import
from identity.usecases.plan_import import plan_import
from identity.web.buyer_export import PAGE, rows_of
from identity.web.import_files import posted_file, table_response
from identity.web.staff import current_editor, maker_of

bp = Blueprint("buyer_imports_api", __name__, url_prefix="/buyer-imports")


class FileIn(Schema):
    file = Upload(required=True, metadata={"description": "CSV or .xlsx, up to 1 MB here."})


class BrandIn(Schema):
    brand_id = fields.UUID(required=True)


class ExportIn(BrandIn):
    format = fields.String(load_default="csv", validate=validate.OneOf(["csv", "xlsx"]))


class RowsIn(Schema):
    fate = fields.String(load_default=None, validate=validate.OneOf([f.value for f in RowFate]))
    after = fields.Integer(load_default=0, validate=validate.Range(0, 10_000_000))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 500))


class ImportOut(Schema):
    import_id = fields.UUID(required=True)
    brand_id = fields.UUID(required=True)
    file_name = fields.String(required=True)
    state = fields.String(
        required=True, metadata={"description": "planned, confirmed, done or cancelled."}
    )
    fates = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    results = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class RowOut(Schema):
    number = fields.Integer()
    fate = fields.String()
    result = fields.String(allow_none=True)
    buyer_id = fields.UUID(allow_none=True)
    changes = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))
    errors = fields.List(fields.Dict(keys=fields.String(), values=fields.String()))


class RowsOut(Schema):
    rows = fields.List(fields.Nested(RowOut), required=True)
    next_after = fields.Integer(allow_none=True)


@bp.post("")
@bp.arguments(BrandIn, location="query")
@bp.arguments(FileIn, location="files")
@bp.response(HTTPStatus.CREATED, ImportOut)
def post_import(asked: dict[str, Any], files: dict[str, Any]) -> dict[str, Any]:
    """Check a file: every row gets its fate, nothing is written"""
    by, maker_id = current_editor()
    staff_for(asked["brand_id"], write=True)
    file = posted_file(asked["brand_id"])
    with deps().database.transaction(maker_id) as session:
        made = plan_import(session, file, actor=by.actor, now=by.now)
        session.flush()
        return _shown(session, made)


@bp.get("/<uuid:import_id>")
@bp.response(HTTPStatus.OK, ImportOut)
def get_one(import_id: UUID) -> dict[str, Any]:
    """Get an import with how many rows have which fate and which result"""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        return _shown(session, get_import(session, import_id, brand_ids=staff.brand_ids))


@bp.get("/<uuid:import_id>/rows")
@bp.arguments(RowsIn, location="query")
@bp.response(HTTPStatus.OK, RowsOut)
def get_rows(asked: dict[str, Any], import_id: UUID) -> dict[str, Any]:
    """List the rows of an import in the file's order"""
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
    """Let the planned rows be written; many rows take a while, look at the state"""
    by, maker_id = current_editor()
    with deps().database.transaction(maker_id) as session:
        confirm_import(session, import_id, by=by)
    with deps().database.transaction(maker_id) as session:
        _more, dead = apply_import(session, import_id, brand_ids=by.brand_ids, now=by.now)
        session.flush()
        shown = _shown(session, get_import(session, import_id, brand_ids=by.brand_ids))
    deps().copies.bury(dead)
    return shown


@bp.delete("/<uuid:import_id>")
@bp.response(HTTPStatus.NO_CONTENT)
def delete_import(import_id: UUID) -> None:
    """Cancel an import that was not confirmed"""
    by, maker_id = current_editor()
    with deps().database.transaction(maker_id) as session:
        cancel_import(session, import_id, by=by)


@bp.get("/export")
@bp.arguments(ExportIn, location="query")
@bp.alt_response(HTTPStatus.OK, description="The file")
def get_export(asked: dict[str, Any]) -> Response:
    """Take a brand's buyers away as a file that an import reads"""
    staff = staff_for(asked["brand_id"])
    rows = rows_of(deps(), maker_of(staff), Search(brand_ids=[asked["brand_id"]], limit=PAGE))
    return table_response(asked["format"], "buyers", titles(language()), rows, now=deps().now())


def _shown(session: Session, found: BuyerImport) -> dict[str, Any]:
    fates, results = count_rows(session, found.id)
    return {
        "import_id": found.id,
        "brand_id": found.brand_id,
        "file_name": found.file_name,
        "state": found.state,
        "fates": fates,
        "results": {name or "waiting": count for name, count in results.items()},
    }
