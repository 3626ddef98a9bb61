"""What a buyer asks for one line besides its quantity: a delivery day and a note for the brand."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from checkout.domain.pricing import Line, PricedCatalog, Wish
from common.errors import FieldError, Invalid

LONGEST_NOTE = 200
FARTHEST_YEARS = 5
DAY_PASSED = "desired_day_passed"
"""Why a line whose day went by in the cart cannot be ordered as it is."""


class WrongWish(Invalid):
    code = "wrong_line_wish"


def read_day(text: str | None, *, today: date) -> date | None:
    """Return the day as browsers send it (2027-03-01), None for none; today is the earliest.

    Raises WrongWish for another form, a past day, or one more than five years ahead.
    """
    written = (text or "").strip()
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError as wrong:
        raise _wrong("desired_on", "form", "A day such as 2027-03-01.") from wrong
    if day < today:
        raise _wrong("desired_on", "past", "This day has passed.")
    if day.year > today.year + FARTHEST_YEARS:
        raise _wrong("desired_on", "far", "This day is too far ahead.")
    return day


def read_note(text: str | None) -> str | None:
    """Return the note on one line, None for none. Raises WrongWish for a long one."""
    note = " ".join((text or "").split())
    if len(note) > LONGEST_NOTE:
        raise _wrong("note", "too_long", "This is too long.")
    return note or None


def with_wishes(
    catalogs: Iterable[PricedCatalog], wishes: Iterable[Wish], *, today: date
) -> tuple[PricedCatalog, ...]:
    """Return what catalog priced with each line's day and note, which catalog knows nothing of."""
    wished = {(wish.catalog_id, wish.sku_id): wish for wish in wishes}
    return tuple(
        replace(
            catalog,
            lines=tuple(
                _line(line, wished.get((catalog.catalog_id, line.sku_id)), today)
                for line in catalog.lines
            ),
        )
        for catalog in catalogs
    )


def _line(line: Line, wish: Wish | None, today: date) -> Line:
    if wish is None:
        return line
    line = replace(line, desired_on=wish.desired_on, note=wish.note)
    if line.is_orderable and wish.desired_on is not None and wish.desired_on < today:
        return replace(line, is_orderable=False, reason=DAY_PASSED)
    return line


def _wrong(field: str, code: str, detail: str) -> WrongWish:
    return WrongWish(detail, errors=[FieldError(field, code, detail)])
