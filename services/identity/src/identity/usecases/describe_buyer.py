"""A buyer as the other services are told (buyers/read)."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from identity.store.asked_buyers import read_asked_buyer
from identity.store.models import Address, Buyer


def describe_buyer(session: Session, buyer_id: UUID, *, brand_id: UUID) -> dict[str, Any]:
    """Return the buyer with terms, addresses, recipients and the brand it buys from.

    Raises BrandNotFound, BuyerNotFound.
    """
    asked = read_asked_buyer(session, buyer_id, brand_id=brand_id)
    buyer = asked.buyer
    return {
        "buyer_id": str(buyer.id),
        "maker_id": str(buyer.maker_id),
        "brand_id": str(buyer.brand_id),
        "version": buyer.version,
        "kind": buyer.kind,
        "claimed": buyer.claimed_at is not None,
        "organisation_id": str(buyer.organisation_id) if buyer.organisation_id else None,
        "unique_code": buyer.unique_code,
        "customer_code": buyer.customer_code,
        "name": buyer.name,
        "is_company": buyer.is_company,
        "contact_email": buyer.contact_email,
        "country": buyer.country,
        "language": buyer.language,
        "terms": describe_terms(buyer),
        "addresses": [_address(each) for each in asked.addresses],
        "default_address_id": str(buyer.default_address_id) if buyer.default_address_id else None,
        "recipients": list(asked.recipients),
        "brand": {
            "name": buyer.brand_name,
            "code": buyer.brand_code,
            "maker_name": buyer.maker_name,
            "time_zone": buyer.time_zone,
            "currencies": list(buyer.currencies),
        },
    }


def describe_terms(buyer: Buyer) -> dict[str, Any]:
    """Return the trading terms; decimals as text, the rate with four places (D17)."""
    deposit = buyer.deposit_percent
    return {
        "trade_term_id": str(buyer.trade_term_id),
        "currency": buyer.currency,
        "language": buyer.language,
        "country": buyer.country,
        "rate": {"kind": buyer.rate_kind, "value": f"{buyer.rate_value:.4f}"},
        "deposit_percent": f"{deposit:.2f}" if deposit is not None else None,
        "payment_terms": buyer.payment_terms,
    }


def _address(address: Address) -> dict[str, Any]:
    return {
        "address_id": str(address.id),
        "country": address.country,
        "addressee": address.addressee,
        "zip": address.zip,
        "state": address.state,
        "city": address.city,
        "line1": address.line1,
        "line2": address.line2,
        "phone": address.phone,
    }
