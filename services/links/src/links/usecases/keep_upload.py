"""Take a picture or a video in: judged, written down, put into storage, then ready."""

from collections.abc import Mapping
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from common.files import Storage, demand_plain, make_widths, read_film
from common.ids import new_id
from links.domain.files import IMAGE_WIDTHS, image_key, plain_name, video_key
from links.store.models import Upload

Content = Mapping[str, bytes | IO[bytes]]
"""What goes into storage, by key."""


def judge_upload(
    file: IO[bytes], *, kind: str, name: str, maker_id: UUID, brand_id: UUID, now: datetime
) -> tuple[Upload, Content]:
    """Return the row to write and the files to store. Raises FileRefused, Unavailable.

    Takes seconds for a large picture: no transaction is open meanwhile.
    """
    upload_id = new_id()
    own: dict[str, Any] = {
        "id": upload_id,
        "maker_id": maker_id,
        "brand_id": brand_id,
        "created_at": now,
    }
    if kind == "video":
        film = read_film(file)
        demand_plain(file)
        upload = Upload(
            kind=kind,
            content_type=film.content_type,
            name=plain_name(name),
            size_bytes=film.size_bytes,
            **own,
        )
        return upload, {video_key(upload_id, film.content_type): file}
    picture = make_widths(file, widths=IMAGE_WIDTHS)
    demand_plain(file)
    upload = Upload(
        kind=kind,
        content_type="image/webp",
        name=plain_name(name),
        size_bytes=sum(len(each) for each in picture.files.values()),
        width=picture.width,
        height=picture.height,
        **own,
    )
    return upload, {image_key(upload_id, width): data for width, data in picture.files.items()}


def store_upload(storage: Storage, upload: Upload, content: Content) -> None:
    """Put the files where the gateway serves them; again is harmless."""
    for key, data in content.items():
        storage.put(key, data, content_type=upload.content_type)
