"""Lookbooks for integrators: /api/catalog/v1/lookbooks, through the pages' own use cases."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from flask_smorest.fields import Upload as UploadField
from marshmallow import Schema, fields, validate
from werkzeug.datastructures import Headers

from catalog.deps import deps
from catalog.domain.lookbook_rules import MOST_BYTES, STATUSES, LookbookDraft
from catalog.store.catalogs import list_lookbooks
from catalog.store.lookbooks import get_lookbook, list_credits
from catalog.store.models import Lookbook
from catalog.usecases.save_lookbook import create_lookbook, delete_lookbook, update_lookbook
from catalog.web.api_products_more import files_bp as pictures_bp
from catalog.web.api_schemas import IfMatch, StrictSchema, WordIn, texts
from catalog.web.api_versions import demanded_version, etag_of
from catalog.web.keep_file import keep_picture
from catalog.web.staff.room import maker_of, writing_staff
from common.web.auth import current_staff, staff_for
from common.web.bodies import takes_up_to

bp = Blueprint("lookbooks_api", __name__, url_prefix="/lookbooks", description="Lookbooks")
Tagged = tuple[Any, int, Headers]


class LookbookReplaced(StrictSchema):
    names = texts(required=True)
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    keys = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Pictures in their order, as POST /files/lookbook-images named."},
    )
    alts = fields.Dict(keys=fields.String(), values=texts(), load_default=dict)
    model_numbers = fields.List(fields.String(), load_default=list)


class LookbookIn(LookbookReplaced):
    brand_id = fields.UUID(required=True)


class ListedLookbookOut(Schema):
    id = fields.UUID()
    brand_id = fields.UUID()
    names = texts()
    status = fields.String()
    keys = fields.List(fields.String())


class LookbookOut(ListedLookbookOut):
    alts = fields.Dict(keys=fields.String(), values=texts())
    model_numbers = fields.List(fields.String())


class LookbooksOut(Schema):
    lookbooks = fields.List(fields.Nested(ListedLookbookOut))


class PictureFormIn(Schema):
    brand_id = fields.UUID(required=True)


class PictureFileIn(Schema):
    file = UploadField(required=True)


class PictureOut(Schema):
    key = fields.String()


@bp.get("")
@bp.response(200, LookbooksOut)
def index_lookbooks_by_api() -> dict[str, Any]:
    """List the lookbooks of the brands that the caller may see."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        found = [b for each in staff.brand_ids for b in list_lookbooks(session, brand_id=each)]
    return {"lookbooks": found}


@bp.post("")
@bp.arguments(LookbookIn)
@bp.response(201, LookbookOut)
def create_lookbook_by_api(sent: dict[str, Any]) -> Tagged:
    """Make a lookbook of pictures that were uploaded before."""
    brand_id, numbers = sent.pop("brand_id"), sent.pop("model_numbers")
    staff = staff_for(brand_id, write=True)
    with deps().database.transaction(staff.maker_id) as session:
        book = create_lookbook(
            session,
            LookbookDraft(**sent),
            maker_id=maker_of(staff),
            brand_id=brand_id,
            model_numbers=numbers,
        )
    return _whole(book, numbers), 201, etag_of(book.version)


@bp.get("/<uuid:lookbook_id>")
@bp.response(200, LookbookOut)
def read_lookbook_by_api(lookbook_id: UUID) -> Tagged:
    """Read one lookbook. Another brand's is not there."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        book = get_lookbook(session, lookbook_id, brand_ids=staff.brand_ids)
        numbers = [each.model_number for each in list_credits(session, book.id)]
    return _whole(book, numbers), 200, etag_of(book.version)


@bp.put("/<uuid:lookbook_id>")
@bp.arguments(IfMatch, location="headers", as_kwargs=True)
@bp.arguments(LookbookReplaced)
@bp.response(200, LookbookOut)
def replace_lookbook_by_api(sent: dict[str, Any], lookbook_id: UUID, **_headers: Any) -> Tagged:
    """Replace words, status, pictures and credits."""
    staff, version, numbers = writing_staff(), demanded_version(), sent.pop("model_numbers")
    with deps().database.transaction(staff.maker_id) as session:
        book = get_lookbook(session, lookbook_id, brand_ids=staff.brand_ids, is_locked=True)
        draft = LookbookDraft(**sent)
        update_lookbook(session, book, draft, version=version, model_numbers=numbers)
    return _whole(book, numbers), 200, etag_of(book.version)


@bp.delete("/<uuid:lookbook_id>")
@bp.arguments(WordIn)
@bp.response(204)
def delete_lookbook_by_api(sent: dict[str, str], lookbook_id: UUID) -> None:
    """Delete a lookbook; the word is `confirm`."""
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        book = get_lookbook(session, lookbook_id, brand_ids=staff.brand_ids, is_locked=True)
        delete_lookbook(session, book, word=sent["word"])


@pictures_bp.post("/lookbook-images")
@pictures_bp.arguments(PictureFormIn, location="form")
@pictures_bp.arguments(PictureFileIn, location="files")
@pictures_bp.response(201, PictureOut)
def add_lookbook_picture(form: dict[str, Any], files: dict[str, Any]) -> dict[str, str]:
    """Keep a picture (JPEG, PNG, WebP, GIF, up to 3 MiB) for a lookbook."""
    staff = staff_for(form["brand_id"], write=True)
    key = keep_picture(
        files["file"], maker_id=maker_of(staff), brand_id=form["brand_id"], limit=MOST_BYTES
    )
    return {"key": key}


takes_up_to(MOST_BYTES, of=writing_staff)(add_lookbook_picture)


def _whole(book: Lookbook, numbers: list[str]) -> dict[str, Any]:
    names = ("id", "brand_id", "names", "status", "keys", "alts")
    return {name: getattr(book, name) for name in names} | {"model_numbers": numbers}
