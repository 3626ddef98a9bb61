"""/links/files: a picture or a video for the link form, while the form is being filled in."""

from flask import Blueprint, jsonify, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from common.errors import FieldError, Invalid
from common.files import FileRefused
from common.files.film import MOST_BYTES
from common.web.auth import current_staff
from common.web.bodies import takes_up_to
from common.web.problems import wants_problem
from links.web.brands import chosen_brand
from links.web.form.again import show_again
from links.web.form.uploads import shown_upload
from links.web.keep_file import demand_writer, keep_file

FIELDS = {"video": "video_file", "image": "background_file"}
"""The form's file field by what it takes."""
bp = Blueprint("files", __name__, url_prefix="/links")


@bp.post("/files")
@takes_up_to(MOST_BYTES, of=demand_writer)
def create_file() -> Response | tuple[Response, int] | tuple[str, int]:
    """Keep the file. The form's script gets its address; without script the form comes back with it."""
    kind = request.form.get("kind", "")
    if kind not in FIELDS:
        raise Invalid(_("Choose an image or a video."))
    try:
        staff = current_staff()
        brand = chosen_brand(staff)
        upload = keep_file(staff, request.files.get(FIELDS[kind]), kind=kind, brand_id=brand.id)
    except FileRefused as refused:
        errors = [FieldError(FIELDS[kind], refused.code, refused.detail)]
        wrong = Invalid(refused.detail, code=refused.code, errors=errors)
        if wants_problem():
            raise wrong from refused
        return show_again(wrong=wrong), wrong.status
    if wants_problem():
        return jsonify(shown_upload(upload)), 201
    return show_again(added=upload), 200
