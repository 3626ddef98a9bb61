"""Videos: MP4 and WebM, taken for what their structure says and only when it is whole."""

from dataclasses import dataclass
from typing import IO

from common.files import mp4, webm
from common.files.refusals import broken_film, not_a_film
from common.files.sizes import demand_size

MOST_BYTES = 200 * 2**20


@dataclass(frozen=True)
class Film:
    """What a video file is."""

    content_type: str
    suffix: str
    size_bytes: int


def read_film(file: IO[bytes], *, limit_bytes: int = MOST_BYTES) -> Film:
    """Return what the video is; the file stands at its beginning. Raises FileRefused.

    Walks from box to box without reading the pictures, so its size does not matter.
    """
    size = demand_size(file, limit_bytes=limit_bytes)
    head = file.read(16)
    for kind, suffix in ((mp4, "mp4"), (webm, "webm")):
        if kind.begins(head):
            try:
                kind.check(file, size)
            except (ValueError, IndexError) as wrong:
                raise broken_film() from wrong
            file.seek(0)
            return Film(f"video/{suffix}", suffix, size)
    raise not_a_film()
