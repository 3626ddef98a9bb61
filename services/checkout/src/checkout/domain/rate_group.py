"""What a shipping rate group and its rates must have before they are saved (R135 to R139)."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from checkout.domain.prefectures import prefectures
from common.addresses import is_country
from common.errors import FieldError
from common.money import Money

LONGEST_CODE, LONGEST_NAME = 40, 120
HIGHEST_TAX = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDraft:
    """A rate group as somebody wants it; country None is All Countries (R136)."""

    code: str
    name: str
    currency: str
    country: str | None = None
    tax_percent: Decimal | None = None
    """Tax on the fee only if set (R141)."""
    is_enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RateDraft:
    """A fee and when it applies; all amounts without tax, limits inclusive (R137, R138)."""

    code: str
    name: str
    fee: Money
    minimum: Money | None = None
    maximum: Money | None = None
    prefectures: tuple[str, ...] = ()


def errors_in_group(
    draft: GroupDraft, *, currencies: Collection[str], other_codes: Collection[str]
) -> list[FieldError]:
    """Return what is wrong with the group, each at its field.

    `currencies` are those that the maker has enabled; `other_codes` those of the brand's other groups.
    """
    found = _named(draft.code, draft.name, other_codes)
    if draft.currency not in currencies:
        found.append(FieldError("currency", "R135", "Choose one of the enabled currencies."))
    if draft.country is not None and not is_country(draft.country):
        found.append(FieldError("country", "unknown", "Choose a country."))
    if draft.tax_percent is not None and not 0 <= draft.tax_percent < HIGHEST_TAX:
        found.append(FieldError("tax_percent", "out_of_range", "Give a percentage below 100."))
    return found


def errors_in_rate(
    draft: RateDraft, *, country: str | None, other_codes: Collection[str]
) -> list[FieldError]:
    """Return what is wrong with a rate of a group for `country`, each at its field."""
    found = _named(draft.code, draft.name, other_codes)
    if draft.minimum and draft.maximum and draft.maximum < draft.minimum:
        words = "The maximum must not be below the minimum."
        found.append(FieldError("maximum", "below_minimum", words))
    if draft.prefectures and country != "JP":
        words = "Prefectures can be set only where the group's country is Japan."
        found.append(FieldError("prefectures", "R139", words))
    elif not set(draft.prefectures) <= {each.key for each in prefectures()}:
        found.append(FieldError("prefectures", "unknown", "One of these prefectures is not there."))
    return found


def _named(code: str, name: str, other_codes: Collection[str]) -> list[FieldError]:
    found = [
        FieldError(field, "required", "This is required.")
        for field, text in (("code", code), ("name", name))
        if not text.strip()
    ]
    found += [
        FieldError(field, "too_long", "This is too long.")
        for field, text, longest in (("code", code, LONGEST_CODE), ("name", name, LONGEST_NAME))
        if len(text) > longest
    ]
    if code.strip() in other_codes:
        found.append(FieldError("code", "taken", "Another one has this code already."))
    return found
