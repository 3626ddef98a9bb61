"""The forms of rate groups and rates: what was typed, back into its fields, or as a draft."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from checkout.domain.amount import NotAnAmount, read_amount, write_amount
from checkout.domain.rate_group import GroupDraft, RateDraft
from checkout.store.models import RateGroupRow, ShippingRateRow
from common.errors import FieldError, Invalid
from common.money import Money

Typed = dict[str, str]
GROUP_FIELDS = ("code", "name", "currency", "country", "tax_percent", "is_enabled")
RATE_FIELDS = ("code", "name", "fee", "minimum", "maximum")
NEW_GROUP: Typed = dict.fromkeys(GROUP_FIELDS, "") | {"is_enabled": "yes"}
NEW_RATE: Typed = dict.fromkeys(RATE_FIELDS, "")


def read_typed(sent: "MultiDict[str, str]", fields: tuple[str, ...]) -> Typed:
    """Return the text of these fields, whatever it is."""
    return {name: sent.get(name, "").replace("\x00", "") for name in fields}


def group_as_typed(group: RateGroupRow) -> Typed:
    percent = group.tax_percent
    return {
        "code": group.code,
        "name": group.name,
        "currency": group.currency,
        "country": group.country or "",
        "tax_percent": f"{percent.normalize():f}" if percent is not None else "",
        "is_enabled": "yes" if group.is_enabled else "",
    }


def rate_as_typed(rate: ShippingRateRow, currency: str) -> Typed:
    return {
        "code": rate.code,
        "name": rate.name,
        "fee": _amount_as_typed(rate.fee_minor, currency),
        "minimum": _amount_as_typed(rate.minimum_minor, currency),
        "maximum": _amount_as_typed(rate.maximum_minor, currency),
    }


def group_draft(typed: Mapping[str, str]) -> GroupDraft:
    """Return the typed group as a draft. Raises Invalid for a percentage that is no number."""
    return GroupDraft(
        code=typed["code"],
        name=typed["name"],
        currency=typed["currency"],
        country=typed["country"] or None,
        tax_percent=_percent(typed["tax_percent"]),
        is_enabled=bool(typed["is_enabled"]),
    )


def rate_draft(typed: Mapping[str, str], prefectures: list[str], currency: str) -> RateDraft:
    """Return the typed rate as a draft. Raises Invalid for amounts that cannot be read."""
    errors: list[FieldError] = []
    fee = _amount(typed, "fee", currency, errors)
    minimum = _amount(typed, "minimum", currency, errors)
    maximum = _amount(typed, "maximum", currency, errors)
    if fee is None and not errors:
        errors.append(FieldError("fee", "required", "This is required."))
    if errors or fee is None:
        raise Invalid("Some fields are not right.", errors=errors)
    return RateDraft(
        code=typed["code"],
        name=typed["name"],
        fee=fee,
        minimum=minimum,
        maximum=maximum,
        prefectures=tuple(prefectures),
    )


def sentences(wrong: Invalid | None) -> dict[str, str]:
    """Return the sentence of each wrong field, in the reader's language."""
    return {error.field: _(error.detail) for error in wrong.errors} if wrong else {}


def _amount_as_typed(minor: int | None, currency: str) -> str:
    return write_amount(Money(minor, currency) if minor is not None else None)


def _amount(
    typed: Mapping[str, str], field: str, currency: str, errors: list[FieldError]
) -> Money | None:
    words = {
        "not_a_number": "Write a number, such as 800 or 12.50.",
        "negative": "This cannot be below zero.",
        "too_high": "This is too high.",
        "too_many_decimals": "The currency does not have so many decimals.",
    }
    if not typed[field].strip():
        return None
    try:
        return read_amount(typed[field].strip(), currency)
    except NotAnAmount as wrong:
        errors.append(FieldError(field, wrong.code, words[wrong.code]))
        return None


def _percent(text: str) -> Decimal | None:
    plain = normalize("NFKC", text).strip().rstrip("%").strip()
    if not plain:
        return None
    try:
        percent = Decimal(plain)
    except InvalidOperation:
        percent = Decimal("NaN")
    if not percent.is_finite() or percent != round(percent, 4):
        field = FieldError("tax_percent", "not_a_number", "Write a percentage, such as 10.")
        raise Invalid("Some fields are not right.", errors=[field])
    return percent
