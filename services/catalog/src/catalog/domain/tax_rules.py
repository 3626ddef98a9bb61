"""What a tax must say before it may be kept (R63)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from catalog.domain.pricing import ROUNDING
from catalog.domain.product_rules import LONGEST_NAME
from common.errors import FieldError

STEP = Decimal("0.0001")


@dataclass(frozen=True, kw_only=True)
class TaxDraft:
    """A tax as somebody wants it. It is added where `country` is the buyer's."""

    names: Mapping[str, str]
    country: str
    percent: Decimal | None
    """None: nothing that can be read was typed."""
    is_reduced: bool
    rounding: str


def tax_errors(draft: TaxDraft, *, countries: Collection[str]) -> list[FieldError]:
    """Return what is wrong, each at its field; none: it may be kept."""
    found = []
    if not any(name.strip() for name in draft.names.values()):
        found.append(FieldError("names", "required", "Give a name in at least one language."))
    if any(len(name) > LONGEST_NAME for name in draft.names.values()):
        found.append(FieldError("names", "too_long", f"Use at most {LONGEST_NAME} characters."))
    if draft.country not in countries:
        found.append(FieldError("country", "R63", "Choose the country where it is added."))
    if draft.percent is None or not _is_percent(draft.percent):
        words = "Give a percentage from 0 to 100 with at most 4 decimals."
        found.append(FieldError("percent", "invalid", words))
    if draft.rounding not in ROUNDING:
        found.append(FieldError("rounding", "R63", "Choose how it is rounded."))
    return found


def _is_percent(percent: Decimal) -> bool:
    return percent.is_finite() and 0 <= percent <= 100 and percent == percent.quantize(STEP)
