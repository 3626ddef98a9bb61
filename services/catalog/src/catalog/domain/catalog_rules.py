"""What a catalog must say before it may be kept (R79, R113, R134)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common.errors import FieldError

STATUSES = ("open", "limited", "closed")
PAYMENT_METHODS = ("outside", "stripe")
LONGEST_NAME, LONGEST_TEXT, LONGEST_CODE = 120, 4000, 40


@dataclass(frozen=True)
class RateGroup:
    """A rate group of checkout; `country` None is All Countries."""

    id: str
    currency: str
    country: str | None


@dataclass(frozen=True, kw_only=True)
class CatalogDraft:
    """A catalog as somebody wants it. Its products are arranged apart."""

    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    code: str | None
    """None: it has no code. Unique within the brand otherwise (R80)."""
    status: str
    open_at: datetime | None
    order_deadline_at: datetime | None
    payment_methods: tuple[str, ...]
    address_shown: bool
    shipping_rows: tuple[Mapping[str, Any], ...]


def errors_in(
    draft: CatalogDraft, *, rate_groups: Sequence[RateGroup], can_take_cards: bool
) -> list[FieldError]:
    """Return what is wrong, each at its field; none: it may be kept."""
    return [
        *text_errors(draft.names, draft.descriptions),
        *_code_errors(draft.code),
        *_status_errors(draft),
        *_payment_errors(draft, can_take_cards),
        *_shipping_errors(draft, rate_groups),
    ]


def text_errors(names: Mapping[str, str], descriptions: Mapping[str, str]) -> list[FieldError]:
    """Return what is wrong with a name and a description; the name is needed in one language."""
    if not any(name.strip() for name in names.values()):
        return [FieldError("names", "R79", "Give a name in at least one language.")]
    found = []
    for field, texts, most in (
        ("names", names, LONGEST_NAME),
        ("descriptions", descriptions, LONGEST_TEXT),
    ):
        if any(len(text) > most for text in texts.values()):
            found.append(FieldError(field, "too_long", f"Use at most {most} characters."))
    return found


def _code_errors(code: str | None) -> list[FieldError]:
    if code is not None and len(code) > LONGEST_CODE:
        return [FieldError("code", "too_long", f"Use at most {LONGEST_CODE} characters.")]
    return []


def _status_errors(draft: CatalogDraft) -> list[FieldError]:
    if draft.status not in STATUSES:
        return [FieldError("status", "R79", "Choose a status.")]
    opens, closes = draft.open_at, draft.order_deadline_at
    if opens and closes and closes <= opens:
        words = "The order deadline must be later than the open date."
        return [FieldError("order_deadline_at", "deadline_before_open", words)]
    return []


def _payment_errors(draft: CatalogDraft, can_take_cards: bool) -> list[FieldError]:
    field = "payment_methods"
    if not draft.payment_methods:
        return [FieldError(field, "R79", "Select at least one payment method.")]
    if not set(draft.payment_methods) <= set(PAYMENT_METHODS):
        return [FieldError(field, "unknown", "There is no such payment method.")]
    if "stripe" in draft.payment_methods and not can_take_cards:
        return [FieldError(field, "R113", "Card payment needs the Stripe add-on.")]
    return []


def _shipping_errors(draft: CatalogDraft, groups: Sequence[RateGroup]) -> list[FieldError]:
    known = {group.id: group for group in groups}
    pairs = [(row["currency"], row["country"]) for row in draft.shipping_rows]
    for row in draft.shipping_rows:
        group = known.get(str(row["rate_group_id"]))
        if group is None:
            return [FieldError("shipping_rows", "R132", "This rate group is not there.")]
        if group.currency != row["currency"] or group.country not in (None, row["country"]):
            words = "A rate group must have the row's currency, and its country or All Countries."
            return [FieldError("shipping_rows", "R134", words)]
    if len(set(pairs)) < len(pairs):
        words = "Each combination of currency and country can be set once."
        return [FieldError("shipping_rows", "D16", words)]
    return []
