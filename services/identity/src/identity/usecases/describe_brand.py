"""A brand as the other services are told (brands/read)."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from identity.store.brands import get_brand, get_maker, list_trade_terms


def describe_brand(session: Session, brand_id: UUID) -> dict[str, Any]:
    """Return the brand with what its maker enables (R61). Raises BrandNotFound."""
    brand = get_brand(session, brand_id)
    maker = get_maker(session, brand.maker_id)
    return {
        "brand_id": str(brand.id),
        "maker_id": str(maker.maker_id),
        "maker_name": maker.name,
        "name": brand.name,
        "code": brand.code,
        "languages": list(maker.languages),
        "default_language": maker.default_language,
        "currencies": list(maker.currencies),
        "trade_terms": [
            {"trade_term_id": str(term.id), "code": term.code, "name": term.name}
            for term in list_trade_terms(session)
        ],
        "time_zone": maker.time_zone,
    }
