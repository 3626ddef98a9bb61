"""A buyer for whoever asks about one: everything in two round trips, in fixed words.

Placing an order asks this afresh, every page of a buyer every two seconds. In a join every column
names its table: one that a later release adds to another table must not make it ambiguous here.
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
select buyer.id, buyer.maker_id, buyer.brand_id, buyer.version, buyer.kind, buyer.claimed_at,
  buyer.organisation_id, buyer.unique_code, buyer.customer_code, buyer.name, buyer.is_company,
  buyer.contact_email, buyer.country, buyer.language, buyer.trade_term_id, buyer.currency,
  buyer.rate_kind, buyer.rate_value, buyer.deposit_percent, buyer.payment_terms,
  buyer.default_address_id, brand.name as brand_name, brand.code as brand_code,
  maker.name as maker_name, maker.time_zone, maker.currencies
from buyers as buyer join brands as brand on brand.id = buyer.brand_id
  join makers as maker on maker.maker_id = brand.maker_id
where buyer.id = :buyer_id and buyer.brand_id = :brand_id
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
