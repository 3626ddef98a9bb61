"""Stored pictures as a document takes them: JPEG, no wider than paper shows, cut to their frame."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from catalog.deps import deps
from catalog.store.pictures import name_of

STYLE, COVER = (400, 500), (1200, 1051)
"""Pixels of a picture of 60 × 75 mm and of 210 × 184 mm (templates/catalog/line_sheet.typ)."""
QUALITY = 82


def printed_picture(key: str, size: tuple[int, int]) -> bytes | None:
    """Return the stored picture as JPEG of that size; None where there is none that opens.

    typst takes a JPEG as it is; a WebP would go into the document unpacked, ten times as large.
    """
    content = deps().storage.read(name_of(key, size[0]))
    if content is None:
        return None
    try:
        with Image.open(io.BytesIO(content), formats=["WEBP"]) as picture:
            fitted = ImageOps.fit(picture.convert("RGB"), size)
    except (UnidentifiedImageError, OSError):
        return None
    buffer = io.BytesIO()
    fitted.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()
