"""A line sheet's file: read, put into words, set. Few at once, so that the shop stays open."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Response, current_app
from flask_babel import force_locale

from catalog.deps import deps
from catalog.domain.line_sheet import STYLES_A_FILE, Part, parts_of
from catalog.usecases.see_catalogs import SeenCatalog
from catalog.web.line_sheet.pictures import COVER, STYLE, printed_picture
from catalog.web.line_sheet.words import sheet_words
from catalog.web.shelf import read_products
from catalog.web.storefront import Shop
from common.errors import Unavailable
from common.pdf.apart import set_apart
from common.translations import LANGUAGES

SOURCE = "templates/catalog/line_sheet.typ"
PLACES = 2
"""One is set and one waits, fewer than a server's threads: meanwhile pages are still answered."""
_places, _turn = threading.BoundedSemaphore(PLACES), threading.Lock()


class TooManyLineSheets(Unavailable):
    """Others are having theirs made at this moment."""

    code = "too_many_line_sheets"


def line_sheet(shop: Shop, seen: SeenCatalog, part: Part) -> Response:
    """Return that part of the catalog as a PDF to be shown. Raises TooManyLineSheets."""
    with _place():
        content = _set(shop, seen, part)
    parts = len(parts_of(seen.products))
    ending = f"-{part.number}" if parts > 1 else ""
    name = "".join(c for c in seen.catalog.code or "" if c.isascii() and (c.isalnum() or c in "-_"))
    reply = Response(content, mimetype="application/pdf")
    said = f'inline; filename="line-sheet-{name or "catalog"}{ending}.pdf"'
    reply.headers["Content-Disposition"] = said
    reply.headers["Cache-Control"] = "private, no-store"
    return reply


def _set(shop: Shop, seen: SeenCatalog, part: Part) -> bytes:
    with deps().database.transaction(shop.visit.maker_id) as session:
        styles = read_products(session, shop, [seen], offset=part.first - 1, limit=STYLES_A_FILE)
    pictures = _pictures(styles)
    spoken = shop.buyer.terms.language.partition("-")[0]
    with force_locale(spoken if spoken in LANGUAGES else LANGUAGES[0]):
        words = sheet_words(shop, seen, part, len(parts_of(seen.products)), styles)
    cover = shop.covers.get(seen.catalog.id)
    if words["cover"] and cover and (content := printed_picture(cover["key"], COVER)):
        words["cover"]["picture"] = "cover.jpg"
        pictures["cover.jpg"] = content
    source = Path(str(current_app.root_path)) / SOURCE
    return set_apart(source, pictures=pictures, sheet=words)


def _pictures(styles: Sequence[dict[str, Any]]) -> dict[str, bytes]:
    """Return the files and name in each style its `picture`."""
    files: dict[str, bytes] = {}
    for at, style in enumerate(styles):
        content = printed_picture(style["image"]["key"], STYLE) if style["image"] else None
        style["picture"] = f"{at}.jpg" if content else None
        if content:
            files[f"{at}.jpg"] = content
    return files


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise TooManyLineSheets(retry_after=3)
    try:
        with _turn:
            yield
    finally:
        _places.release()
