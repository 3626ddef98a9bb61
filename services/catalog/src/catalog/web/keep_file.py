"""Keeping an uploaded picture: judged, written down, stored. For pages and the API alike."""

from uuid import UUID

from werkzeug.datastructures import FileStorage

from catalog.deps import deps
from catalog.usecases.keep_pictures import judge_picture, store_picture
from common.files import FileRefused
from common.files.picture import MOST_BYTES


def keep_picture(
    file: FileStorage | None, *, maker_id: UUID, brand_id: UUID, limit: int = MOST_BYTES
) -> str:
    """Return the stored picture's key. Raises FileRefused, Unavailable. No transaction is open."""
    if file is None or not file.filename:
        raise FileRefused("Choose a file first.", code="file_missing")
    upload, picture = judge_picture(
        file.stream, maker_id=maker_id, brand_id=brand_id, now=deps().now(), limit=limit
    )
    key = upload.key
    with deps().database.transaction(maker_id) as session:
        session.add(upload)
    store_picture(deps().storage, key, picture)
    return key
