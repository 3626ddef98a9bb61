"""What a brand may write about a buyer, read the same way from a form, a file or a program.

Terms can only be chosen from what the maker enables (R61); a rate has up to four decimals (D17).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from common.errors import FieldError, Invalid
from identity.domain.reading import FieldReader

LONGEST = {
    "name": 120,
    "first_name": 60,
    "last_name": 60,
    "phone": 20,
    "tax_id": 40,
    "unique_code": 40,
    "customer_code": 40,
    "payment_terms": 120,
}
TYPES = ("company", "person")
RATE_KINDS = ("ratio", "percent_off")
MOST_TAGS, LONGEST_TAG, MOST_MAILS = 20, 40, 10


class BuyerInvalid(Invalid):
    """Fields of the buyer are not right; `errors` names each."""

    code = "buyer_invalid"
    rule = "R61"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the maker enables (R61)."""

    languages: Sequence[str]
    currencies: Sequence[str]
    trade_terms: Mapping[str, UUID]
    """By code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerDetails:
    """Everything about a buyer but its ways in, its addresses and whose it is."""

    name: str
    is_company: bool
    first_name: str | None
    last_name: str | None
    contact_email: str | None
    phone: str | None
    tax_id: str | None
    tags: list[str]
    unique_code: str | None
    """None: keep the one there is, or make one (R48)."""
    customer_code: str | None
    country: str
    language: str
    trade_term_id: UUID
    currency: str
    rate_kind: str
    rate_value: Decimal
    deposit_percent: Decimal | None
    payment_terms: str | None
    notification_emails: list[str]
    recipients: list[str]


def read_details(given: Mapping[str, Any], choices: Choices) -> BuyerDetails:
    """Return the details. Raises BuyerInvalid naming every field that is wrong, at once."""
    read = FieldReader(given)
    last, first = read.text("last_name", LONGEST), read.text("first_name", LONGEST)
    is_company = read.choice("type", TYPES, default="company") == "company"
    if not is_company and not read.text("name", LONGEST):
        read = read.with_default("name", " ".join(part for part in (first, last) if part))
    kind = read.choice("rate_kind", RATE_KINDS, default="ratio")
    details = BuyerDetails(
        name=read.text("name", LONGEST, required=True) or "",
        is_company=is_company,
        first_name=first,
        last_name=last,
        contact_email=read.email("contact_email"),
        phone=read.phone("phone", LONGEST),
        tax_id=read.text("tax_id", LONGEST),
        tags=read.words("tags", most=MOST_TAGS, longest=LONGEST_TAG),
        unique_code=read.text("unique_code", LONGEST),
        customer_code=read.text("customer_code", LONGEST),
        country=read.country("country"),
        language=read.choice("language", choices.languages),
        trade_term_id=_trade_term(read, choices),
        currency=read.choice("currency", choices.currencies),
        rate_kind=kind,
        rate_value=_rate(read, kind),
        deposit_percent=read.decimal("deposit_percent", places=2, most=Decimal(100)),
        payment_terms=read.text("payment_terms", LONGEST),
        notification_emails=read.emails("notification_emails", most=MOST_MAILS),
        recipients=read.emails("recipients", most=MOST_MAILS),
    )
    if read.errors:
        raise BuyerInvalid("Some fields are not right.", errors=read.errors)
    return details


def _trade_term(read: FieldReader, choices: Choices) -> UUID:
    """Return the term by its code, or by its id as forms and programs may say it."""
    by_id = {str(each): code for code, each in choices.trade_terms.items()}
    wished = read.raw("trade_term")
    code = by_id.get(wished, wished)
    known = read.among("trade_term", code, tuple(choices.trade_terms))
    return choices.trade_terms.get(known, UUID(int=0))


def _rate(read: FieldReader, kind: str) -> Decimal:
    """Return the rate: a ratio of the list price above 0, or 0 to 100 percent off."""
    most = Decimal(10) if kind == "ratio" else Decimal(100)
    value = read.decimal("rate_value", places=4, most=most, required=True)
    if kind == "ratio" and value is not None and value == 0:
        read.errors.append(FieldError("rate_value", "range", "A ratio must be above 0."))
    return value if value is not None else Decimal(0)
