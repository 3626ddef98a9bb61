"""Order numbers: the brand's code and eight digits, unique per brand."""

import re

FORM = re.compile(r"[A-Z0-9]{2,6}-[0-9]{8}")
SLIP_FORM = re.compile(r"[A-Z0-9]{2,6}-[0-9]{8}(-[0-9]{1,3})?")


def order_number(prefix: str, count: int) -> str:
    """Return NORD-00000042. Raises ValueError when prefix or count do not fit the form."""
    number = f"{prefix}-{count:08d}"
    if not FORM.fullmatch(number):
        raise ValueError(f"{number!r} is no order number")
    return number
