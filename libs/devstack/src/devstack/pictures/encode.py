"""Writes a picture as a shop serves it: several widths, each as WebP and JPEG."""

from io import BytesIO

from PIL import Image

WIDTHS = (400, 800, 1200)
FORMATS = {"webp": {"quality": 80, "method": 2}, "jpeg": {"quality": 84, "optimize": True}}


def encode(picture: Image.Image, *, width: int, form: str = "webp") -> bytes:
    """Return the picture at that width, in its own proportions, as "webp" or "jpeg"."""
    height = round(picture.height * width / picture.width)
    sized = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    with BytesIO() as file:
        sized.save(file, form, **FORMATS[form])
        return file.getvalue()


def encode_all(picture: Image.Image, *, form: str = "webp") -> dict[int, bytes]:
    """Return the encoded picture for each of WIDTHS that it is wide enough for."""
    return {
        width: encode(picture, width=width, form=form) for width in WIDTHS if width <= picture.width
    }
