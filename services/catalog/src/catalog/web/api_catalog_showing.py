"""A catalog's look and limits for integrators, through the page's own use cases."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from flask_smorest.fields import Upload as UploadField
from marshmallow import Schema, fields, validate
from werkzeug.datastructures import Headers

from catalog.deps import deps
from catalog.domain.showing_rules import Showing, player_of
from catalog.domain.typed_amount import MOST
from catalog.gateways.identity import read_brand
from catalog.store.editing import lock_catalog
from catalog.store.models import Catalog
from catalog.usecases.save_showing import save_showing, set_header
from catalog.web.api_schemas import IfMatch, StrictSchema
from catalog.web.api_versions import demanded_version, etag_of
from catalog.web.keep_file import keep_picture
from catalog.web.staff.own_catalog import own_catalog
from catalog.web.staff.room import writing_staff
from common.errors import FieldError, Invalid
from common.files.picture import MOST_BYTES
from common.web.auth import current_staff
from common.web.bodies import takes_up_to

bp = Blueprint("showing_api", __name__, url_prefix="/catalogs", description="Look and limits")
Tagged = tuple[dict[str, Any], int, Headers]


class ShowingReplaced(StrictSchema):
    lookbook_ids = fields.List(fields.UUID(), load_default=list)
    videos = fields.List(
        fields.String(),
        load_default=list,
        metadata={"description": "Addresses at YouTube or Vimeo; kept as their players'."},
    )
    has_comment_box = fields.Boolean(load_default=False)
    minimum_amounts = fields.Dict(
        keys=fields.String(validate=validate.Length(equal=3)),
        values=fields.Integer(strict=True, validate=validate.Range(0, MOST - 1)),
        load_default=dict,
        metadata={"description": "Minor units by currency; what is left out: any amount."},
    )


class ShowingOut(ShowingReplaced):
    header_key = fields.String(allow_none=True)


class HeaderFileIn(Schema):
    file = UploadField(required=True)


@bp.get("/<uuid:catalog_id>/showing")
@bp.response(200, ShowingOut)
def read_showing_by_api(catalog_id: UUID) -> Tagged:
    """Read what a catalog shows beside its products, and from which amount it takes orders."""
    return _tagged(own_catalog(current_staff(), catalog_id).catalog)


@bp.put("/<uuid:catalog_id>/showing")
@bp.arguments(IfMatch, location="headers", as_kwargs=True)
@bp.arguments(ShowingReplaced)
@bp.response(200, ShowingOut)
def replace_showing_by_api(sent: dict[str, Any], catalog_id: UUID, **_headers: Any) -> Tagged:
    """Replace lookbooks, videos, comment box and minimum amounts; the header picture stays."""
    staff, version = writing_staff(), demanded_version()
    catalog = own_catalog(staff, catalog_id).catalog
    showing = _checked(sent, read_brand(deps().peers, catalog.brand_id).currencies)
    with deps().database.transaction(staff.maker_id) as session:
        locked = lock_catalog(session, catalog_id, brand_ids=staff.brand_ids)
        save_showing(session, locked, showing, version=version)
    return _tagged(locked)


@bp.put("/<uuid:catalog_id>/header")
@bp.arguments(HeaderFileIn, location="files")
@bp.response(200, ShowingOut)
def put_header_by_api(files: dict[str, Any], catalog_id: UUID) -> Tagged:
    """Give the catalog this header picture (JPEG, PNG, WebP, GIF)."""
    catalog = own_catalog(writing_staff(), catalog_id).catalog
    key = keep_picture(files["file"], maker_id=catalog.maker_id, brand_id=catalog.brand_id)
    return _with_header(catalog_id, key)


takes_up_to(MOST_BYTES, of=writing_staff)(put_header_by_api)


@bp.delete("/<uuid:catalog_id>/header")
@bp.response(200, ShowingOut)
def remove_header_by_api(catalog_id: UUID) -> Tagged:
    """Take the header picture out; the first product's picture stands there then."""
    return _with_header(catalog_id, None)


def _with_header(catalog_id: UUID, key: str | None) -> Tagged:
    staff = writing_staff()
    with deps().database.transaction(staff.maker_id) as session:
        locked = lock_catalog(session, catalog_id, brand_ids=staff.brand_ids)
        set_header(session, locked, key)
    return _tagged(locked)


def _checked(sent: dict[str, Any], currencies: tuple[str, ...]) -> Showing:
    """Return what was sent. Raises Invalid naming every field that is wrong."""
    players = [player_of(each) for each in sent["videos"]]
    errors = []
    if None in players:
        words = "Give the address of a video at YouTube or Vimeo, one a line."
        errors.append(FieldError("videos", "R155", words))
    if not set(sent["minimum_amounts"]) <= set(currencies):
        words = "Use the currencies that are enabled for the brand."
        errors.append(FieldError("minimum_amounts", "unknown", words))
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)
    return Showing(
        lookbook_ids=tuple(dict.fromkeys(sent["lookbook_ids"])),
        videos=tuple(dict.fromkeys(each for each in players if each)),
        has_comment_box=sent["has_comment_box"],
        minimum_amounts=sent["minimum_amounts"],
    )


def _tagged(row: Catalog) -> Tagged:
    names = ("lookbook_ids", "videos", "has_comment_box", "minimum_amounts")
    shown = {name: getattr(row, name) for name in names} | {"header_key": row.hero_key}
    return shown, 200, etag_of(row.version)
