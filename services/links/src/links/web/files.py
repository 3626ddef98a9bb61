"""/links/files: a picture or a video for the link form, while the form is being filled in."""

from flask import Blueprint, jsonify, request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from common.errors import FieldError, Invalid
from common.files import FileRefused
from common.files.film import MOST_BYTES
from common.web.auth import current_staff, demand_write
from common.web.bodies import takes_up_to
from common.web.problems import wants_problem
from links.deps import deps
from links.store.models import Upload
from links.store.uploads import add_upload, mark_ready
from links.usecases.keep_upload import judge_upload, store_upload
from links.web.brands import chosen_brand, maker_of
from links.web.form.again import show_again
from links.web.form.uploads import shown_upload

FIELDS = {"video": "video_file", "image": "background_file"}
"""The form's file field by what it takes."""
bp = Blueprint("files", __name__, url_prefix="/links")


def _writer() -> object:
    staff = current_staff()
    demand_write(staff)
    return staff


@bp.post("/files")
@takes_up_to(MOST_BYTES, of=_writer)
def create_file() -> Response | tuple[Response, int] | tuple[str, int]:
    """Keep the file. The form's script gets its address; without script the form comes back with it."""
    kind = request.form.get("kind", "")
    if kind not in FIELDS:
        raise Invalid(_("Choose an image or a video."))
    try:
        upload = keep(request.files.get(FIELDS[kind]), kind)
    except FileRefused as refused:
        errors = [FieldError(FIELDS[kind], refused.code, refused.detail)]
        wrong = Invalid(refused.detail, code=refused.code, errors=errors)
        if wants_problem():
            raise wrong from refused
        return show_again(wrong=wrong), wrong.status
    if wants_problem():
        return jsonify(shown_upload(upload)), 201
    return show_again(added=upload), 200


def keep(file: FileStorage | None, kind: str) -> Upload:
    """Judge and store the file for the brand that the request names. Raises FileRefused."""
    staff = current_staff()
    brand = chosen_brand(staff)
    if file is None or not file.filename:
        raise FileRefused("Choose a file first.", code="file_missing")
    upload, content = judge_upload(
        file.stream,
        kind=kind,
        name=file.filename,
        maker_id=maker_of(staff),
        brand_id=brand.id,
        now=deps().now(),
    )
    with deps().database.transaction(staff.maker_id) as session:
        add_upload(session, upload)
    store_upload(deps().storage, upload, content)
    with deps().database.transaction(staff.maker_id) as session:
        mark_ready(session, upload.id)
    return upload
