"""A buyer for whoever asks about one: everything in two round trips, in fixed words.

Placing an order asks this afresh, every page of a buyer every two seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.together import ask_together
from identity.store.brands import act_for_brand
from identity.store.buyers import BuyerNotFound

BUYER = text("""
select buyers.id, buyers.maker_id, brand_id, version, kind, claimed_at, organisation_id, unique_code,
  customer_code, buyers.name, is_company, contact_email, country, language, trade_term_id, currency,
  rate_kind, rate_value, deposit_percent, payment_terms, default_address_id,
  brands.name as brand_name, brands.code as brand_code,
  makers.name as maker_name, makers.time_zone, makers.currencies
from buyers join brands on brands.id = brand_id join makers on makers.maker_id = brands.maker_id
where buyers.id = :buyer_id and brand_id = :brand_id
""")
ADDRESSES = text("""
select id, country, addressee, zip, state, city, line1, line2, phone
from addresses where buyer_id = :buyer_id order by id
""")
RECIPIENTS = text("select email from recipients where buyer_id = :buyer_id order by email")


@dataclass(frozen=True, slots=True)
class AskedBuyer:
    """Rows as they are stored."""

    buyer: Any
    addresses: Sequence[Any]
    recipients: Sequence[str]


def read_asked_buyer(session: Session, buyer_id: UUID, *, brand_id: UUID) -> AskedBuyer:
    """Act for the brand's maker and return its buyer. Raises BrandNotFound, BuyerNotFound."""
    act_for_brand(session, brand_id)
    own = {"buyer_id": buyer_id, "brand_id": brand_id}
    buyers, addresses, recipients = ask_together(
        session, (BUYER, own), (ADDRESSES, own), (RECIPIENTS, own)
    )
    if not buyers:
        raise BuyerNotFound
    return AskedBuyer(buyers[0], addresses, [row.email for row in recipients])
