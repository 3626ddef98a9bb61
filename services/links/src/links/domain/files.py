"""Where an upload's files lie. Keys say nothing of the brand but that it has a link."""

from uuid import UUID

IMAGE_WIDTHS = (640, 1280, 1920, 2560)
"""From a phone to a large screen; larger images display more clearly (R146)."""
SUFFIXES = {"video/mp4": "mp4", "video/webm": "webm"}
LONGEST_NAME = 120


def image_key(upload_id: UUID, width: int) -> str:
    return f"links/{upload_id}-{width}.webp"


def video_key(upload_id: UUID, content_type: str) -> str:
    return f"links/{upload_id}.{SUFFIXES[content_type]}"


def keys_of(upload_id: UUID, content_type: str) -> tuple[str, ...]:
    """Return every file of an upload."""
    if content_type in SUFFIXES:
        return (video_key(upload_id, content_type),)
    return tuple(image_key(upload_id, width) for width in IMAGE_WIDTHS)


def plain_name(name: str) -> str:
    """Return what a browser called the file, without folders and what cannot be shown."""
    last = name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    return "".join(each for each in last if each.isprintable())[-LONGEST_NAME:]
