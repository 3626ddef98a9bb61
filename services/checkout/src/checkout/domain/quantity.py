"""A quantity is a positive whole number (R84); nothing takes a line away."""

from common.errors import FieldError, Invalid

LARGEST = 99_999


class NotAQuantity(Invalid):
    code = "not_a_quantity"
    rule = "R84"


def read_quantity(value: object) -> int:
    """Return 0 (remove the line) to LARGEST. Raises NotAQuantity for anything else."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        detail = f"A quantity is a whole number from 0 to {LARGEST}."
        raise NotAQuantity(detail, errors=[FieldError("quantity", NotAQuantity.code, detail)])
    return value
