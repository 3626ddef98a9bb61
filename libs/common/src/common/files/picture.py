"""Pictures: decoded for real, then written anew in a few widths. Nothing else of the file stays."""

import io
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from common.errors import Unavailable
from common.files.refusals import broken_picture, not_a_picture, too_many_pixels
from common.files.sizes import demand_size

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_BYTES = 20 * 2**20
MOST_PIXELS = 64_000_000
"""A bomb of a few KiB unpacks to gigabytes: what it says of itself is judged before it is read."""
QUALITY = 82
PATIENCE_SECONDS = 20.0
_turn = threading.BoundedSemaphore(1)
"""One picture at a time: each may take some hundred MiB while it is open."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is stored: WebP files by width, and how it is to be laid out."""

    files: Mapping[int, bytes]
    width: int
    height: int
    """Of the widest file, upright."""


def make_widths(
    file: IO[bytes], *, widths: Sequence[int], limit_bytes: int = MOST_BYTES
) -> Picture:
    """Return the picture in these widths; one narrower than a width keeps its own under its name.

    Place, camera and colour profile are gone, an animation keeps its first frame.
    Raises FileRefused, and Unavailable when too many pictures wait.
    """
    demand_size(file, limit_bytes=limit_bytes)
    if not _turn.acquire(timeout=PATIENCE_SECONDS):
        raise Unavailable(code="pictures_busy", retry_after=10)
    try:
        whole = _upright(file, max(widths))
        files = {width: _encoded(whole, width) for width in sorted(widths)}
        final = _fitted(whole, max(widths))
        return Picture(files, *final.size)
    finally:
        _turn.release()


def _upright(file: IO[bytes], widest: int) -> Image.Image:
    """Return the decoded picture, turned as its camera meant it."""
    try:
        opened = Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as bomb:
        raise too_many_pixels(MOST_PIXELS) from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as unknown:
        raise not_a_picture() from unknown
    if opened.width * opened.height > MOST_PIXELS:
        raise too_many_pixels(MOST_PIXELS)
    try:
        # JPEG can be decoded at a fraction of its size, for a fraction of the memory.
        opened.draft("RGB", (2 * widest, 2 * widest))
        opened.load()
        turned = ImageOps.exif_transpose(opened)
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, MemoryError) as wrong:
        raise broken_picture() from wrong
    is_clear = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
    return turned.convert("RGBA" if is_clear else "RGB")


def _fitted(whole: Image.Image, width: int) -> Image.Image:
    if whole.width <= width:
        return whole
    height = max(1, round(whole.height * width / whole.width))
    return whole.resize((width, height), Image.Resampling.LANCZOS)


def _encoded(whole: Image.Image, width: int) -> bytes:
    sheet = io.BytesIO()
    fitted = _fitted(whole, width)
    fitted.info.clear()
    fitted.save(sheet, "WEBP", quality=QUALITY, method=4)
    return sheet.getvalue()
