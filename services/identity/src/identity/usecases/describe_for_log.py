"""A buyer as the audit log keeps it: plain values, and of secrets only whether there is one."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from common.audit import Subject
from identity.store.models import Address, Buyer


def describe_for_log(
    buyer: Buyer, *, recipients: Sequence[str], term_codes: Mapping[UUID, str]
) -> dict[str, Any]:
    """Return the buyer's fields; trade terms by code, decimals as text."""
    deposit = buyer.deposit_percent
    return {
        "name": buyer.name,
        "is_company": buyer.is_company,
        "first_name": buyer.first_name,
        "last_name": buyer.last_name,
        "contact_email": buyer.contact_email,
        "phone": buyer.phone,
        "tax_id": buyer.tax_id,
        "tags": list(buyer.tags),
        "unique_code": buyer.unique_code,
        "customer_code": buyer.customer_code,
        "country": buyer.country,
        "language": buyer.language,
        "trade_term": term_codes.get(buyer.trade_term_id, str(buyer.trade_term_id)),
        "currency": buyer.currency,
        "rate_kind": buyer.rate_kind,
        "rate_value": f"{buyer.rate_value:.4f}",
        "deposit_percent": f"{deposit:.2f}" if deposit is not None else None,
        "payment_terms": buyer.payment_terms,
        "notification_emails": list(buyer.notification_emails),
        "recipients": sorted(recipients),
        "login_email": buyer.login_email,
        "login_password": buyer.login_hash is not None,
        "passcode": buyer.passcode_hash is not None,
    }


def describe_address(address: Address) -> str:
    """Return the address in one line."""
    parts = (
        address.addressee,
        address.zip,
        address.state,
        address.city,
        address.line1,
        address.line2,
        address.country,
    )
    return " ".join(part for part in parts if part)


def subject_of(buyer: Buyer) -> Subject:
    return Subject("buyer", buyer.id, buyer.name)
