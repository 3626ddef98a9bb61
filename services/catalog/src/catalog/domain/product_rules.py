"""What a product must say before it may be kept (R83)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from common.errors import FieldError

LONGEST_NUMBER, LONGEST_NAME, LONGEST_TEXT, LONGEST_CATEGORY = 40, 120, 4000, 60
NUMBER = re.compile(r"[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f])?")
"""Printable, without spaces at its ends."""


@dataclass(frozen=True, kw_only=True)
class ProductDraft:
    """A product as somebody wants it. SKUs, prices and pictures are kept apart."""

    model_number: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    materials: Mapping[str, str]
    category: str
    tax_id: UUID | None


def product_errors(draft: ProductDraft) -> list[FieldError]:
    """Return what is wrong, each at its field; none: it may be kept."""
    found = number_errors("model_number", draft.model_number)
    if not any(name.strip() for name in draft.names.values()):
        found.append(FieldError("names", "required", "Give a name in at least one language."))
    for field, texts, most in (
        ("names", draft.names, LONGEST_NAME),
        ("descriptions", draft.descriptions, LONGEST_TEXT),
        ("materials", draft.materials, LONGEST_TEXT),
        ("category", {"": draft.category}, LONGEST_CATEGORY),
    ):
        if any(len(text) > most for text in texts.values()):
            found.append(FieldError(field, "too_long", f"Use at most {most} characters."))
    return found


def number_errors(field: str, number: str) -> list[FieldError]:
    """Return what is wrong with a model or SKU number."""
    if not number:
        return [FieldError(field, "R83", "Give a number.")]
    if len(number) > LONGEST_NUMBER:
        return [FieldError(field, "too_long", f"Use at most {LONGEST_NUMBER} characters.")]
    if not NUMBER.fullmatch(number):
        return [FieldError(field, "invalid", "This number has characters that cannot be printed.")]
    return []
