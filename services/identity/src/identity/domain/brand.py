"""A maker's brand: what it is called, and the code that its order numbers begin with."""

import re

from common.addresses.reading import tidy
from common.errors import FieldError, Invalid

CODE = re.compile(r"[A-Z0-9]{2,6}")
LONGEST_NAME = 120


class BrandInvalid(Invalid):
    """Fields of the brand are not right; `errors` names each."""

    code = "brand_invalid"


def read_brand(name: str, code: str) -> tuple[str, str]:
    """Return both as they are kept. Raises BrandInvalid naming every field that is wrong."""
    kept = tidy(name), tidy(code).upper()
    wrong = _check_name(kept[0])
    if not CODE.fullmatch(kept[1]):
        wrong.append(
            FieldError("code", "form", "A code has 2 to 6 capital letters and digits, A–Z and 0–9.")
        )
    if wrong:
        raise BrandInvalid("Some fields are not right.", errors=wrong)
    return kept


def read_name(name: str) -> str:
    """Return the name as it is kept. Raises BrandInvalid."""
    kept = tidy(name)
    if wrong := _check_name(kept):
        raise BrandInvalid("Some fields are not right.", errors=wrong)
    return kept


def demand_free(*, is_taken: bool) -> None:
    """Raise BrandInvalid for a code that another brand of the maker has."""
    if is_taken:
        wrong = FieldError("code", "taken", "Another of your brands has this code.")
        raise BrandInvalid("Some fields are not right.", errors=[wrong])


def _check_name(name: str) -> list[FieldError]:
    if not name:
        return [FieldError("name", "required", "Please fill this in.")]
    if len(name) > LONGEST_NAME:
        return [FieldError("name", "length", "This is too long.")]
    return []
