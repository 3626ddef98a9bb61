"""What a line sheet says, as plain data: texts only, already written in the buyer's language."""

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext

from catalog.deps import deps
from catalog.domain.line_sheet import MOST_NUMBERS, MOST_NUMBERS_A_FILE, Part
from catalog.domain.minimum_amount import minimum_of
from catalog.usecases.see_catalogs import SeenCatalog
from catalog.web.storefront import Shop
from common.web.i18n import language
from common.web.pages import day_in_words, instant, money, number

LONGEST_TEXT = 260
Json = dict[str, Any]


def sheet_words(
    shop: Shop, seen: SeenCatalog, part: Part, parts: int, styles: Sequence[Json]
) -> Json:
    """Return the document's data; `styles` are those of this file, with a `picture` each."""
    terms = shop.buyer.terms
    name = terms.words(seen.catalog.names)
    return {
        "language": language(),
        "brand": shop.brand.name,
        "title": f"{name} ({part.number}/{parts})" if parts > 1 else name,
        "terms": _("Prices in %(currency)s, without tax", currency=terms.currency),
        "cover": _cover(shop, seen) if part.number == 1 else None,
        "notice": _notice(shop, seen),
        "no_price": _("Not available at your terms"),
        "nothing": _("Nothing is in this catalog yet"),
        "styles": list(_styles(styles)),
    }


def _cover(shop: Shop, seen: SeenCatalog) -> Json:
    zone, deadline = shop.brand.time_zone, seen.catalog.order_deadline_at
    minimum = (
        minimum_of(seen.catalog.minimum_amounts, shop.buyer.terms) if shop.can_order(seen) else None
    )
    facts = [
        (_("Prepared for"), shop.buyer.name),
        (_("Styles"), number(seen.products)),
        (_("Prices"), _("%(currency)s, without tax", currency=shop.buyer.terms.currency)),
        (_("Order by"), instant(deadline, zone) if deadline and shop.has_cart else ""),
        (_("Least order"), money(minimum) if minimum else ""),
        (_("As of"), day_in_words(deps().now().astimezone(ZoneInfo(zone)).date())),
    ]
    return {
        "picture": None,
        "description": _short(shop.buyer.terms.words(seen.catalog.descriptions)),
        "facts": [{"label": label, "text": text} for label, text in facts if text],
    }


def _notice(shop: Shop, seen: SeenCatalog) -> str:
    if not shop.has_cart:
        return str(_("This is for viewing only."))
    if seen.access.reason == "deadline_passed":
        return str(_("The order deadline has passed: to look at, not to order."))
    return ""


def _styles(products: Sequence[Json]) -> Iterator[Json]:
    """Give each style; once a file has enough SKU numbers, with its colours and sizes only."""
    room = MOST_NUMBERS_A_FILE
    for product in products:
        count = sum(cell is not None for row in product["rows"] for cell in row["cells"])
        is_beyond = count > min(MOST_NUMBERS, room)
        room -= 0 if is_beyond else count
        yield _style(product, is_beyond=is_beyond)


def _style(product: Json, *, is_beyond: bool) -> Json:
    rows, price = product["rows"], product["price"]
    cells = [cell for row in rows for cell in row["cells"] if cell]
    limits = {_limits(cell) for cell in cells}
    is_alike = len(limits) == 1
    return {
        "number": product["number"],
        "name": product["name"] or product["number"],
        "price": money(price) if price else "",
        "list_price": money(product["list_price"]) if price != product["list_price"] else "",
        "tax": _tax(product) if price else "",
        "materials": _short(product["materials"]),
        "description": _short(product["description"]),
        "limits": next(iter(limits)) if is_alike else "",
        "picture": product["picture"],
        "alt": product["image"]["alt"] if product["image"] else "",
        "sizes": product["sizes"],
        "rows": [] if is_beyond else [_row(row, is_alike=is_alike) for row in rows],
        "beyond": _beyond(product, len(cells)) if is_beyond else "",
        "is_long": len(rows) > 16,
    }


def _row(row: Json, *, is_alike: bool) -> Json:
    return {
        "label": row["label"] or row["colour"],
        "hex": row["hex"] or "#ffffff",
        "cells": [
            cell and {"number": cell["number"], "limit": "" if is_alike else _limits(cell)}
            for cell in row["cells"]
        ],
    }


def _limits(cell: Json) -> str:
    """Return the least quantity and the size of a pack in words; empty where any number goes."""
    words = []
    if cell["minimum"]:
        words.append(_("from %(least)s", least=number(cell["minimum"])))
    if cell["multiple"] > 1:
        words.append(_("in packs of %(pack)s", pack=number(cell["multiple"])))
    return " · ".join(words)


def _tax(product: Json) -> str:
    if not product["tax"]:
        return str(_("no tax added"))
    return str(
        _("plus %(percent)s%% %(tax)s", percent=product["tax_percent"], tax=product["tax"].name)
    )


def _beyond(product: Json, count: int) -> str:
    colours = [row["label"] or row["colour"] for row in product["rows"]]
    said = ngettext(
        "%(num)s SKU: its number is in the order sheet.",
        "%(num)s SKUs: their numbers are in the order sheet.",
        count,
    )
    return " / ".join([", ".join(colours), ", ".join(product["sizes"]), str(said)])


def _short(text: str) -> str:
    """Return the text on one line, cut where it would push the styles off the page."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TEXT else f"{line[:LONGEST_TEXT].rstrip()}…"
