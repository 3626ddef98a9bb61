"""Files for integrators: /api/links/v1/files, whose ids a link's videos and background name."""

from typing import Any

from flask_smorest import Blueprint
from flask_smorest.fields import Upload as UploadField
from marshmallow import Schema, fields, validate

from common.files.film import MOST_BYTES
from common.web.auth import staff_for
from common.web.bodies import takes_up_to
from links.web.form.uploads import shown_upload
from links.web.keep_file import demand_writer, keep_file

bp = Blueprint("links_files_api", __name__, url_prefix="/files")


class FileFormIn(Schema):
    brand_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["image", "video"]))


class FileIn(Schema):
    file = UploadField(required=True)


class FileOut(Schema):
    id = fields.UUID()
    kind = fields.String()
    name = fields.String()
    size_bytes = fields.Integer()
    url = fields.String()


@bp.post("")
@bp.arguments(FileFormIn, location="form")
@bp.arguments(FileIn, location="files")
@bp.response(201, FileOut)
def create_api_file(form: dict[str, Any], files: dict[str, Any]) -> dict[str, Any]:
    """Keep a picture (JPEG, PNG, WebP, GIF, 20 MiB) or a video (MP4, WebM, 200 MiB).

    A file that no link shows is removed after a day.
    """
    staff = staff_for(form["brand_id"], write=True)
    upload = keep_file(staff, files["file"], kind=form["kind"], brand_id=form["brand_id"])
    return shown_upload(upload)


takes_up_to(MOST_BYTES, of=demand_writer)(create_api_file)
