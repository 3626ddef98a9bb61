"""What an import would do with one row: decided before anything is written, and again when it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from common.addresses import PostalAddress, read_address
from common.errors import FieldError, Invalid
from identity.domain.buyer_columns import ADDRESS, address_of
from identity.domain.buyer_details import BuyerDetails, Choices, read_details
from identity.domain.rate_columns import KEYS, at_its_column, joined_rate, split_rate

OPTIONAL = frozenset({"phone"})


class RowFate(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Current:
    """The buyer that a row is about, as it is now."""

    typed: Mapping[str, Any]
    """Its fields as its form shows them."""
    address: Mapping[str, str]
    """Its default address, empty parts included; nothing when it has none."""
    is_offline: bool


@dataclass(frozen=True, slots=True)
class RowPlan:
    fate: RowFate
    details: BuyerDetails | None = None
    address: PostalAddress | None = None
    """None: leave the addresses as they are."""
    changes: dict[str, list[str]] = field(default_factory=dict)
    """Of an update: [before, after] by column."""
    errors: list[FieldError] = field(default_factory=list)


def plan_row(values: Mapping[str, str], current: Current | None, choices: Choices) -> RowPlan:
    """Return what becomes of the row. A column that the file does not have changes nothing."""
    given = _given(values, current)
    errors: list[FieldError] = []
    details, address = None, None
    try:
        details = read_details({**given, **joined_rate(values)}, choices)
    except Invalid as refusal:
        errors += [at_its_column(error, values) for error in refusal.errors]
    try:
        address = _address(values, given, current)
    except Invalid as refusal:
        errors += [FieldError(ADDRESS + e.field, e.code, e.detail) for e in refusal.errors]
    if errors or details is None:
        return RowPlan(RowFate.ERROR, errors=errors)
    if current is None:
        return RowPlan(RowFate.CREATE, details, address)
    changes = _changes(values, current, details, address)
    if "trade_term" in changes:
        codes = {str(each): code for code, each in choices.trade_terms.items()}
        changes["trade_term"] = [codes.get(each, each) for each in changes["trade_term"]]
    fate = RowFate.UPDATE if changes else RowFate.UNCHANGED
    return RowPlan(fate, details, address, changes)


def _given(values: Mapping[str, str], current: Current | None) -> dict[str, Any]:
    own = {key: value for key, value in values.items() if not key.startswith(ADDRESS)}
    if current is None:
        return own
    kept = {"unique_code"} | (set() if current.is_offline else {"recipients"})
    return {**current.typed, **{key: value for key, value in own.items() if key not in kept}}


def _address(
    values: Mapping[str, str], given: Mapping[str, Any], current: Current | None
) -> PostalAddress | None:
    """Return the row's default address if it differs; a connected buyer keeps its own."""
    parts = address_of(values)
    if not parts or (current is not None and not current.is_offline):
        return None
    known = current.address if current else {}
    usual = {"country": str(given.get("country", "")), "addressee": str(given.get("name", ""))}
    in_file = {
        key.removeprefix(ADDRESS): value for key, value in values.items() if key.startswith(ADDRESS)
    }
    if current and known and all(known.get(part, "") == in_file[part] for part in in_file):
        return None
    merged = {**usual, **known, **in_file}
    filled = {part: merged[part] or usual.get(part, "") for part in merged}
    read = read_address(filled, optional=OPTIONAL)
    return None if read.as_dict() == dict(known) else read


def _changes(
    values: Mapping[str, str],
    current: Current,
    details: BuyerDetails,
    address: PostalAddress | None,
) -> dict[str, list[str]]:
    """Return before and after of the columns in the file that would differ."""
    after = spelled(details)
    rates = KEYS.values() if values.keys() & set(KEYS.values()) else ()
    changes = {
        key: [str(current.typed.get(key, "")), after[key]]
        for key in dict.fromkeys([*values, *rates])
        if key in after and after[key] != str(current.typed.get(key, ""))
    }
    if address is not None:
        for key, value in address.as_dict().items():
            before = current.address.get(key, "")
            if value != before:
                changes[ADDRESS + key] = [before, value]
    return changes


def spelled(details: BuyerDetails) -> dict[str, str]:
    """Return the details as the form would show them."""
    plain = {
        name: getattr(details, name) or ""
        for name in (
            "name",
            "first_name",
            "last_name",
            "contact_email",
            "phone",
            "tax_id",
            "customer_code",
            "country",
            "language",
            "currency",
            "rate_kind",
            "payment_terms",
        )
    }
    return {
        **plain,
        "type": "company" if details.is_company else "person",
        "tags": ", ".join(details.tags),
        "recipients": ", ".join(sorted(details.recipients)),
        "notification_emails": ", ".join(details.notification_emails),
        "rate_value": plain_number(details.rate_value),
        **split_rate(details.rate_kind, plain_number(details.rate_value)),
        "deposit_percent": plain_number(details.deposit_percent),
        "trade_term": str(details.trade_term_id),
    }


def plain_number(value: Decimal | None) -> str:
    """Return the number without zeros at its end: 0.55, 50; nothing for None."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
