"""Buyers as JSON, and JSON as the fields that `read_details` reads."""

from collections.abc import Mapping
from typing import Any

from identity.store.models import Address, Buyer
from identity.usecases.describe_buyer import describe_terms


def given_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a program's request as a form would have sent it."""
    terms = body["terms"]
    flat = {name: body[name] for name in body if name != "terms"}
    rate = terms["rate"]
    return {
        **flat,
        **{name: terms[name] for name in terms if name != "rate"},
        "rate_kind": rate["kind"],
        "rate_value": rate["value"],
    }


def shown_buyer(buyer: Buyer) -> dict[str, Any]:
    return {
        "buyer_id": buyer.id,
        "brand_id": buyer.brand_id,
        "version": buyer.version,
        "kind": buyer.kind,
        "unique_code": buyer.unique_code,
        "customer_code": buyer.customer_code,
        "name": buyer.name,
        "is_company": buyer.is_company,
        "first_name": buyer.first_name,
        "last_name": buyer.last_name,
        "contact_email": buyer.contact_email,
        "phone": buyer.phone,
        "tax_id": buyer.tax_id,
        "tags": list(buyer.tags),
        "notification_emails": list(buyer.notification_emails),
        "login_email": buyer.login_email,
        "has_link_login": buyer.login_hash is not None,
        "has_passcode": buyer.passcode_hash is not None,
        "terms": describe_terms(buyer),
    }


def shown_address(address: Address, buyer: Buyer) -> dict[str, Any]:
    names = ("country", "addressee", "zip", "state", "city", "line1", "line2", "phone")
    return {
        "address_id": address.id,
        **{name: getattr(address, name) for name in names},
        "is_default": buyer.default_address_id == address.id,
    }
