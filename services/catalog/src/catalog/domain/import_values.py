"""One row of a file of products, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from catalog.domain.product_rules import number_errors
from catalog.domain.sku_template import HEX, LONGEST_CODE, MOST_PIECES, made_number
from common.errors import FieldError

PRODUCT_KEYS = ("names.", "descriptions.", "materials.", "category", "tax", "price.")
"""Columns that speak of the product; the others speak of the row's SKU."""
GREY = "#808080"


@dataclass(slots=True)
class SkuValues:
    """A SKU as it is, or as a row wants it."""

    number: str
    colour: str
    colour_names: dict[str, str]
    hex: str
    size: str
    minimum: int | None = None
    multiple: int | None = None
    position: int = field(default=0, compare=False)
    id: UUID | None = field(default=None, compare=False)


def texts_in(values: Mapping[str, str], name: str, there: Mapping[str, str]) -> dict[str, str]:
    """Return texts by language: the file's where it has the column, else what is there."""
    start = len(name) + 1
    given = {key[start:]: text for key, text in values.items() if key.startswith(f"{name}.")}
    if not given:
        return dict(there)
    return {each: text for each, text in {**there, **given}.items() if text}


def read_sku(
    values: Mapping[str, str],
    known: Mapping[str, SkuValues],
    *,
    model_number: str,
    errors: list[FieldError],
) -> SkuValues:
    """Return the row's SKU; what is wrong is added to `errors`. No number: the template's."""
    colour, size = values.get("colour", ""), values.get("size", "")
    number = values.get("sku_number", "") or made_number(model_number, (colour, size))
    there = known.get(number) or SkuValues(number, colour, {}, GREY, size)
    sku = replace(
        there,
        colour=colour,
        size=size,
        colour_names=texts_in(values, "colour_names", there.colour_names),
        hex=values.get("colour_hex", there.hex) or GREY,
        minimum=_count("minimum", values, there.minimum, errors),
        multiple=_count("multiple", values, there.multiple, errors),
    )
    errors += number_errors("sku_number", number)
    for key, text in (("colour", colour), ("size", size)):
        if not 0 < len(text) <= LONGEST_CODE:
            errors.append(FieldError(key, "R83", "Give it in at most 20 characters."))
    if not HEX.fullmatch(sku.hex):
        errors.append(FieldError("colour_hex", "invalid", "Write a colour's shade as #rrggbb."))
    if sku.minimum and sku.multiple and sku.minimum % sku.multiple:
        errors.append(FieldError("minimum", "invalid", "The minimum must be whole packs."))
    return sku


def _count(
    key: str, values: Mapping[str, str], there: int | None, errors: list[FieldError]
) -> int | None:
    if key not in values:
        return there
    text = values[key]
    if not text:
        return None
    if text.isdecimal() and len(text) < 9 and 0 < int(text) <= MOST_PIECES:
        return int(text)
    words = "A minimum or a multiple is a whole number of 1 or more."
    errors.append(FieldError(key, "invalid", words))
    return there
