"""Stored pictures as <img> wants them: several widths, and the room they take before they come."""

from typing import Any

from catalog.domain.terms import Terms
from catalog.store.models import ProductImage
from catalog.store.pictures import WIDTHS, name_of
from common.web.pages import media_url


def shown_image(image: ProductImage, terms: Terms) -> dict[str, Any]:
    """Return a product's picture with its words in the buyer's language."""
    return portrait(image.key) | {"alt": terms.words(image.alts), "colour": image.colour}


def portrait(key: str) -> dict[str, Any]:
    """Return a picture 4 wide and 5 high, decorative unless `alt` is added."""
    return _picture(key, (800, 1000))


def landscape(key: str) -> dict[str, Any]:
    """Return a picture 8 wide and 5 high, decorative unless `alt` is added."""
    return _picture(key, (1200, 750))


def _picture(key: str, size: tuple[int, int]) -> dict[str, Any]:
    width, height = size
    return {
        "key": key,
        "url": media_url(name_of(key, width)),
        "srcset": ", ".join(f"{media_url(name_of(key, each))} {each}w" for each in WIDTHS),
        "alt": "",
        "width": width,
        "height": height,
    }
