"""An uploaded file as the form and its script show it."""

from typing import Any
from uuid import UUID

from common.web.pages import media_url
from links.domain.files import IMAGE_WIDTHS, image_key, video_key
from links.store.models import Upload


def shown_upload(upload: Upload) -> dict[str, Any]:
    """Return its id, name and size, and where it is served: of an image, its middle width."""
    is_image = upload.kind == "image"
    key = (
        image_key(upload.id, IMAGE_WIDTHS[1])
        if is_image
        else video_key(upload.id, upload.content_type)
    )
    return {
        "id": str(upload.id),
        "kind": upload.kind,
        "name": upload.name,
        "size_bytes": upload.size_bytes,
        "url": media_url(key),
    }


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
