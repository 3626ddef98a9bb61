"""Keeping an uploaded file: judged, written down, stored, ready. For the form and the API alike."""

from uuid import UUID

from werkzeug.datastructures import FileStorage

from common.files import FileRefused
from common.sessions import Claims
from common.web.auth import current_staff, demand_write
from links.deps import deps
from links.store.models import Upload
from links.store.uploads import add_upload, mark_ready
from links.usecases.keep_upload import judge_upload, store_upload
from links.web.brands import maker_of


def demand_writer() -> Claims:
    """Return who may upload; asked before a byte of the file is read."""
    staff = current_staff()
    demand_write(staff)
    return staff


def keep_file(staff: Claims, file: FileStorage | None, *, kind: str, brand_id: UUID) -> Upload:
    """Return the stored upload. Raises FileRefused, Unavailable. No transaction is open meanwhile."""
    if file is None or not file.filename:
        raise FileRefused("Choose a file first.", code="file_missing")
    upload, content = judge_upload(
        file.stream,
        kind=kind,
        name=file.filename,
        maker_id=maker_of(staff),
        brand_id=brand_id,
        now=deps().now(),
    )
    with deps().database.transaction(staff.maker_id) as session:
        add_upload(session, upload)
    store_upload(deps().storage, upload, content)
    with deps().database.transaction(staff.maker_id) as session:
        mark_ready(session, upload.id)
    return upload
