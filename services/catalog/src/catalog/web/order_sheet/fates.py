"""A row's fate in words: what became of it and, where it was not taken, what to do about it."""

from typing import Any

from flask_babel import gettext as _

from catalog.domain.order_sheet.columns import find_header
from catalog.store.order_sheet_models import OrderSheet
from common.web.pages import number

GOOD, SAME = ("taken", "removed"), ("unchanged", "repeated", "empty")


def status_words(fate: str) -> str:
    """Return the fate as the file and the table name it."""
    words = {
        "taken": _("In the cart"),
        "removed": _("Taken out of the cart"),
        "unchanged": _("Unchanged"),
        "repeated": _("Said before"),
        "empty": _("No quantity"),
        "not_a_number": _("Not a number"),
        "too_many": _("Too many"),
        "unknown_sku": _("Unknown SKU"),
        "mixed_up": _("Row mixed up"),
        "too_wide": _("Too many cells"),
        "contradicted": _("Two quantities"),
        "deadline_passed": _("After the deadline"),
        "no_price": _("Not available at your terms"),
        "below_minimum": _("Below the minimum"),
        "not_in_packs": _("Not a multiple"),
    }
    return str(words.get(fate, _("Not taken")))


def note_words(row: dict[str, Any]) -> str:
    """Return what there is to say besides; empty for most rows that were taken."""
    fate, limit = row["fate"], number(row["limit"] or 0)
    if fate in GOOD and row["before"]:
        return str(_("It was %(before)s before.", before=number(row["before"])))
    words = {
        "not_a_number": _("A quantity is a whole number, such as 12."),
        "too_many": _("A line takes at most %(most)s.", most=number(99_999)),
        "unknown_sku": _("This catalog has no SKU of that number."),
        "mixed_up": _("Model number, colour or size belong to another SKU. Was one column sorted?"),
        "too_wide": _(
            "This row has more cells than columns have names. Is 1,200 in quotation marks?"
        ),
        "contradicted": _("This SKU stands in several rows with different quantities."),
        "deadline_passed": _("The order deadline of this catalog has passed."),
        "no_price": _("There is no price at your terms for this item."),
        "below_minimum": _("The least quantity is %(limit)s.", limit=limit),
        "not_in_packs": _("It comes in packs of %(limit)s.", limit=limit),
    }
    return str(words.get(fate, ""))


def tone_of(fate: str) -> str:
    return "good" if fate in GOOD else "neutral" if fate in SAME else "bad"


def group_of(fate: str) -> str:
    """Return under which tab the row stands: taken, same or refused."""
    return {"good": "taken", "neutral": "same", "bad": "refused"}[tone_of(fate)]


def shown_rows(sheet: OrderSheet, group: str | None) -> list[dict[str, Any]]:
    """Return the rows of that group, or all that say a quantity, as the table reads them."""
    places = find_header(sheet.head).places

    def cell(row: dict[str, Any], key: str) -> str:
        at = places.get(key, len(row["cells"]))
        return str(row["cells"][at]) if at < len(row["cells"]) else ""

    return [
        {
            "number": row["number"],
            "sku_number": cell(row, "sku_number"),
            "words": " · ".join(
                filter(None, (cell(row, k) for k in ("product", "colour", "size")))
            ),
            "quantity": cell(row, "quantity"),
            "status": status_words(row["fate"]),
            "tone": tone_of(row["fate"]),
            "note": note_words(row),
        }
        for row in sheet.rows
        if row["fate"] != "empty" and group in (None, group_of(row["fate"]))
    ]


def counts_of(sheet: OrderSheet) -> dict[str, int]:
    """Return how many rows each group has; `empty` of those without a quantity."""
    counts = {"taken": 0, "same": 0, "refused": 0, "empty": 0}
    for row in sheet.rows:
        counts["empty" if row["fate"] == "empty" else group_of(row["fate"])] += 1
    return counts
