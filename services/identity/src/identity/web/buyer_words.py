"""A buyer as its form shows it: every field as it could have been typed."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from identity.store.models import Buyer


def typed_of(buyer: Buyer, *, recipients: Sequence[str]) -> dict[str, Any]:
    """Return the fields by the names that `read_details` knows."""
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
        "rate_value": plain(buyer.rate_value),
        "deposit_percent": plain(buyer.deposit_percent),
        "payment_terms": buyer.payment_terms or "",
        "notification_emails": ", ".join(buyer.notification_emails),
        "recipients": ", ".join(recipients),
    }


def plain(value: Decimal | None) -> str:
    """Return the number without zeros at its end: 0.55, 50; nothing for None."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
