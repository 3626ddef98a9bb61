"""A quantity as people and spreadsheets write it (R84)."""

import re

LARGEST = 99_999
WHOLE = re.compile(r"(\d{1,9}|\d{1,3}(?:,\d{3}){1,3})(?:\.0+)?", re.ASCII)
"""12, 1,200 and the 12.0 of a spreadsheet; nothing that only might be a number."""
HALF_WIDTH = str.maketrans("０１２３４５６７８９，．\u3000\u00a0", "0123456789,.  ")
"""Not NFKC: that would make 10² a hundred and two."""


class NotANumber(ValueError):
    """The cell says something, but no whole number from 0 up."""


class TooMany(ValueError):
    """A number, but more than a line can have."""


def read_typed_quantity(text: str) -> int | None:
    """Return the number, None for an empty cell. Full-width digits count. Raises NotANumber, TooMany."""
    typed = text.translate(HALF_WIDTH).strip()
    if not typed:
        return None
    found = WHOLE.fullmatch(typed)
    if not found:
        raise NotANumber(typed)
    number = int(found[1].replace(",", ""))
    if number > LARGEST:
        raise TooMany(typed)
    return number
