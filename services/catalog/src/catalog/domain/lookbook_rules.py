"""What a lookbook must have before it may be kept (R151)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.domain.product_rules import LONGEST_NAME
from common.errors import FieldError

STATUSES = ("public", "draft")
MOST_BYTES = 3 * 2**20
"""A larger picture is refused (R151)."""
WARNED_BYTES = 300 * 2**10
"""A larger one is taken with a warning (R151)."""
MOST_PICTURES = 100


@dataclass(frozen=True, kw_only=True)
class LookbookDraft:
    """A lookbook as somebody wants it; pictures by key, in order, each with words by language."""

    names: Mapping[str, str]
    status: str
    keys: Sequence[str]
    alts: Mapping[str, Mapping[str, str]]


def lookbook_errors(draft: LookbookDraft) -> list[FieldError]:
    """Return what is wrong, each at its field; none: it may be kept."""
    found = []
    if not any(name.strip() for name in draft.names.values()):
        found.append(FieldError("names", "R151", "Give a name in at least one language."))
    if any(len(name) > LONGEST_NAME for name in draft.names.values()):
        found.append(FieldError("names", "too_long", f"Use at most {LONGEST_NAME} characters."))
    if draft.status not in STATUSES:
        found.append(FieldError("status", "R151", "Choose a status."))
    if not draft.keys:
        found.append(FieldError("files", "R151", "A lookbook needs at least one picture."))
    if len(draft.keys) > MOST_PICTURES:
        found.append(FieldError("files", "too_many", "A lookbook has at most 100 pictures."))
    return found
