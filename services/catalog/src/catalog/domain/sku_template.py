"""A product's SKU template: its colours × its sizes, and the SKUs that it gives (R83)."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from catalog.domain.product_rules import number_errors
from common.errors import FieldError

MOST_COLOURS, MOST_SIZES, LONGEST_CODE = 40, 40, 20
HEX = re.compile(r"#[0-9a-fA-F]{6}")
MOST_PIECES = 1_000_000
Place = tuple[str, str]
"""A colour's code and a size."""


@dataclass(frozen=True)
class Colour:
    code: str
    names: Mapping[str, str]
    hex: str


@dataclass(frozen=True)
class SkuTemplate:
    colours: tuple[Colour, ...]
    sizes: tuple[str, ...]

    def places(self) -> list[Place]:
        """Return every colour in every size, in the brand's order."""
        return [(colour.code, size) for colour in self.colours for size in self.sizes]


@dataclass(frozen=True)
class SkuDraft:
    """One SKU as somebody wants it; `minimum` and `multiple` None: off."""

    colour: str
    size: str
    number: str
    minimum: int | None = None
    multiple: int | None = None


def template_errors(template: SkuTemplate) -> list[FieldError]:
    """Return what is wrong with colours and sizes; every product has at least one of each."""
    return [*_colour_errors(template.colours), *_size_errors(template.sizes)]


def sku_errors(template: SkuTemplate, skus: Sequence[SkuDraft]) -> list[FieldError]:
    """Return what is wrong with the SKUs, at `skus.<colour>.<size>`."""
    if not skus:
        return [FieldError("skus", "R83", "A product needs at least one SKU.")]
    known, numbers, seen = set(template.places()), set[str](), set[Place]()
    found = []
    for sku in skus:
        field, place = f"skus.{sku.colour}.{sku.size}", (sku.colour, sku.size)
        found += number_errors(field, sku.number)
        if place not in known or place in seen:
            words = "This colour and size are not in the template, or stand there twice."
            found.append(FieldError(field, "unknown", words))
        if sku.number in numbers:
            found.append(number_taken(field))
        found += _pack_errors(field, sku)
        numbers.add(sku.number)
        seen.add(place)
    return found


def number_taken(field: str) -> FieldError:
    return FieldError(field, "R83", "Another SKU has this number.")


def made_number(model_number: str, place: Place) -> str:
    """Return the number that a SKU gets when nobody gave it one."""
    return "-".join((model_number, *place)).replace(" ", "")


def new_places(
    template: SkuTemplate, *, colours: Collection[str], sizes: Collection[str]
) -> list[Place]:
    """Return the places of new colours and new sizes; a gap among the old ones stays one."""
    return [
        (colour, size)
        for colour, size in template.places()
        if colour not in colours or size not in sizes
    ]


def _colour_errors(colours: Sequence[Colour]) -> list[FieldError]:
    codes = [colour.code for colour in colours]
    if not colours:
        return [FieldError("colours", "R83", "Give at least one colour.")]
    if len(set(codes)) < len(codes):
        return [FieldError("colours", "repeated", "Two colours have the same code.")]
    if len(colours) > MOST_COLOURS or any(not 0 < len(code) <= LONGEST_CODE for code in codes):
        words = "A colour needs a code of at most 20 characters; 40 colours are the most."
        return [FieldError("colours", "invalid", words)]
    if any(number_errors("colours", code) for code in codes):
        return number_errors("colours", next(c for c in codes if number_errors("colours", c)))
    if not all(HEX.fullmatch(colour.hex) for colour in colours):
        return [FieldError("colours", "invalid", "Write a colour's shade as #rrggbb.")]
    return []


def _size_errors(sizes: Sequence[str]) -> list[FieldError]:
    if not sizes:
        return [FieldError("sizes", "R83", "Give at least one size.")]
    if len(set(sizes)) < len(sizes):
        return [FieldError("sizes", "repeated", "Two sizes are the same.")]
    if len(sizes) > MOST_SIZES or any(not 0 < len(size) <= LONGEST_CODE for size in sizes):
        words = "A size has at most 20 characters; 40 sizes are the most."
        return [FieldError("sizes", "invalid", words)]
    return [error for size in sizes for error in number_errors("sizes", size)][:1]


def _pack_errors(field: str, sku: SkuDraft) -> list[FieldError]:
    for value in (sku.minimum, sku.multiple):
        if value is not None and not 0 < value <= MOST_PIECES:
            words = "A minimum or a multiple is a whole number of 1 or more."
            return [FieldError(field, "invalid", words)]
    if sku.minimum and sku.multiple and sku.minimum % sku.multiple:
        return [FieldError(field, "not_a_multiple", "The minimum must be whole packs.")]
    return []
