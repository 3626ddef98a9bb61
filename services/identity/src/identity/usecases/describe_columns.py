"""A buyer as one row of a file: what is exported, and what an import compares with."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from identity.domain.buyer_columns import ADDRESS, COLUMNS
from identity.domain.import_plan import Current, plain_number
from identity.domain.rate_columns import split_rate
from identity.store.imports import Known
from identity.store.models import Address, Buyer

PARTS = ("country", "addressee", "zip", "state", "city", "line1", "line2", "phone")


def typed_fields(buyer: Buyer, *, recipients: list[str]) -> dict[str, Any]:
    """Return the buyer's fields as its form shows them; the trade term by its id."""
    return {
        "version": buyer.version,
        "name": buyer.name,
        "type": "company" if buyer.is_company else "person",
        "first_name": buyer.first_name or "",
        "last_name": buyer.last_name or "",
        "contact_email": buyer.contact_email or "",
        "phone": buyer.phone or "",
        "tax_id": buyer.tax_id or "",
        "tags": ", ".join(buyer.tags),
        "unique_code": buyer.unique_code,
        "customer_code": buyer.customer_code or "",
        "country": buyer.country,
        "language": buyer.language,
        "trade_term": str(buyer.trade_term_id),
        "currency": buyer.currency,
        "rate_kind": buyer.rate_kind,
        "rate_value": plain_number(buyer.rate_value),
        **split_rate(buyer.rate_kind, plain_number(buyer.rate_value)),
        "deposit_percent": plain_number(buyer.deposit_percent),
        "payment_terms": buyer.payment_terms or "",
        "notification_emails": ", ".join(buyer.notification_emails),
        "recipients": ", ".join(sorted(recipients)),
    }


def current_of(known: Known) -> Current:
    """Return the buyer as an import's row is compared with it."""
    typed = typed_fields(known.buyer, recipients=known.recipients)
    return Current(typed, address_parts(known.address), known.buyer.kind == "offline")


def address_parts(address: Address | None) -> dict[str, str]:
    return {name: getattr(address, name) or "" for name in PARTS} if address else {}


def file_row(known: Known, *, term_codes: Mapping[UUID, str]) -> list[str]:
    """Return the cells in the order of COLUMNS; the trade term by its code."""
    typed = typed_fields(known.buyer, recipients=known.recipients)
    typed["trade_term"] = term_codes.get(known.buyer.trade_term_id, "")
    parts = {ADDRESS + name: value for name, value in address_parts(known.address).items()}
    return [str({**typed, **parts}.get(column.key, "")) for column in COLUMNS]
