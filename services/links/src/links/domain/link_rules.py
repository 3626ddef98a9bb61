"""What a link must have before it is saved (D24, R25, R118, R134)."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from common.errors import FieldError
from links.domain.media import Background, Video, media_errors
from links.domain.passcode import PasscodeWish, wish_errors

LONGEST_NAME = 120
LONGEST_TEXT = 2000
LONGEST_CONTACT_FIELD = 200
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
"""Complete enough to write to: buyers are shown it as an address that opens their mail program."""
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
PAYMENT_METHODS = ("outside", "stripe")
NO_PASSCODE = PasscodeWish()
NO_BACKGROUND = Background()


@dataclass(frozen=True, kw_only=True)
class LinkDraft:
    """A link as somebody wants it; no price, no currency, no language of its own (R2)."""

    name: str
    description: str = ""
    view_only: bool = False
    transition: bool = False
    address_shown: bool = True
    release_at: datetime | None = None
    expires_at: datetime | None = None
    passcode: PasscodeWish = NO_PASSCODE
    catalog_ids: tuple[UUID, ...] = ()
    lookbook_ids: tuple[UUID, ...] = ()
    payment_methods: tuple[str, ...] = ()
    shipping_rows: tuple[Mapping[str, Any], ...] = ()
    """{"currency", "country" or None for All Countries, "rate_group_id"}."""
    videos: tuple[Video, ...] = ()
    background: Background = NO_BACKGROUND
    contacts: tuple[Mapping[str, str], ...] = ()
    """{"first_name", "last_name", "email", "phone", "note"}."""


@dataclass(frozen=True)
class RateGroup:
    """A shipping rate group of the brand, as far as a row must fit it."""

    id: str
    currency: str
    country: str | None


def errors_in(
    draft: LinkDraft,
    *,
    known_catalogs: Collection[UUID],
    known_lookbooks: Collection[UUID],
    rate_groups: Sequence[RateGroup],
    can_take_cards: bool,
    has_passcode: bool = False,
) -> list[FieldError]:
    """Return what contradicts itself or the brand's data, each at its field; none: it may be saved.

    `has_passcode`: the stored link has one, so that switched on means nothing typed.
    """
    return [
        *_text_errors(draft),
        *_period_errors(draft),
        *wish_errors(draft.passcode, has_one=has_passcode),
        *_selection_errors(draft, known_catalogs, known_lookbooks),
        *_payment_errors(draft, can_take_cards),
        *_shipping_errors(draft, rate_groups),
        *media_errors(draft.videos, draft.background),
        *_contact_errors(draft),
    ]


def _text_errors(draft: LinkDraft) -> list[FieldError]:
    if not draft.name.strip():
        return [FieldError("name", "required", "Give the link a name.")]
    if len(draft.name) > LONGEST_NAME:
        return [FieldError("name", "too_long", f"Use at most {LONGEST_NAME} characters.")]
    if len(draft.description) > LONGEST_TEXT:
        return [FieldError("description", "too_long", f"Use at most {LONGEST_TEXT} characters.")]
    return []


def _period_errors(draft: LinkDraft) -> list[FieldError]:
    words = f"Give a year from {EARLIEST.year} to {LATEST.year - 1}."
    limits = {"release_at": draft.release_at, "expires_at": draft.expires_at}
    outside = [name for name, at in limits.items() if at and not EARLIEST <= at < LATEST]
    if outside:
        return [FieldError(name, "out_of_range", words) for name in outside]
    if draft.release_at and draft.expires_at and draft.expires_at <= draft.release_at:
        return [FieldError("expires_at", "R25", "The expiration must be later than the release.")]
    return []


def _selection_errors(
    draft: LinkDraft, catalogs: Collection[UUID], lookbooks: Collection[UUID]
) -> list[FieldError]:
    found = []
    if not draft.catalog_ids:
        found.append(FieldError("catalog_ids", "required", "Select at least one catalog."))
    elif not set(draft.catalog_ids) <= set(catalogs):
        found.append(FieldError("catalog_ids", "unknown", "One of these catalogs is not there."))
    if not set(draft.lookbook_ids) <= set(lookbooks):
        found.append(FieldError("lookbook_ids", "unknown", "One of these lookbooks is not there."))
    return found


def _payment_errors(draft: LinkDraft, can_take_cards: bool) -> list[FieldError]:
    field = "payment_methods"
    if not set(draft.payment_methods) <= set(PAYMENT_METHODS):
        return [FieldError(field, "unknown", "There is no such payment method.")]
    if "stripe" in draft.payment_methods and not can_take_cards:
        return [FieldError(field, "R113", "Card payment needs the Stripe add-on.")]
    if not draft.payment_methods and not draft.view_only:
        return [FieldError(field, "R118", "Select at least one payment method.")]
    return []


def _shipping_errors(draft: LinkDraft, groups: Sequence[RateGroup]) -> list[FieldError]:
    known = {group.id: group for group in groups}
    seen: set[tuple[str, str | None]] = set()
    for row in draft.shipping_rows:
        pair = (row["currency"], row["country"])
        group = known.get(str(row["rate_group_id"]))
        if group is None:
            return [FieldError("shipping_rows", "R132", "This rate group is not there.")]
        if group.currency != row["currency"] or group.country not in (None, row["country"]):
            words = "A rate group must have the row's currency, and its country or All Countries."
            return [FieldError("shipping_rows", "R134", words)]
        if pair in seen:
            words = "Each combination of currency and country can be set once."
            return [FieldError("shipping_rows", "D16", words)]
        seen.add(pair)
    return []


def _contact_errors(draft: LinkDraft) -> list[FieldError]:
    found = []
    for position, contact in enumerate(draft.contacts):
        email = contact.get("email", "")
        if email and not EMAIL.fullmatch(email):
            words = "This is no e-mail address."
            found.append(FieldError(f"contacts.{position}.email", "invalid", words))
        for name, text in contact.items():
            if len(text) > LONGEST_CONTACT_FIELD:
                words = f"Use at most {LONGEST_CONTACT_FIELD} characters."
                found.append(FieldError(f"contacts.{position}.{name}", "too_long", words))
    return found
