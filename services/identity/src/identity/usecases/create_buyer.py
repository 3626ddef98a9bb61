"""Write down a new offline buyer of a brand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Actor, Place, record_change
from identity.domain.buyer_details import BuyerDetails
from identity.domain.generated import make_unique_code
from identity.store.brands import get_brand, list_trade_terms
from identity.store.models import Brand, Buyer, BuyerLookup
from identity.store.own_buyers import flush_unique, is_code_taken, replace_recipients
from identity.usecases.describe_for_log import describe_for_log, subject_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBuyer:
    """What is asked for. `id` comes from the form, so that sending it twice makes one buyer."""

    id: UUID
    brand_id: UUID
    details: BuyerDetails
    login_email: str | None = None
    login_hash: str | None = None
    passcode_hash: str | None = None


def create_buyer(session: Session, new: NewBuyer, *, actor: Actor, now: datetime) -> Buyer:
    """Return the buyer. Raises BrandNotFound, what `flush_unique` raises (R47, D12)."""
    buyer = add_offline_buyer(session, get_brand(session, new.brand_id), new)
    flush_unique(session)
    if new.details.recipients:
        replace_recipients(session, buyer, new.details.recipients)
    codes = {term.id: term.code for term in list_trade_terms(session)}
    after = describe_for_log(buyer, recipients=new.details.recipients, term_codes=codes)
    record_change(
        session,
        actor=actor,
        place=Place(buyer.maker_id, buyer.brand_id),
        action="buyer_created",
        subject=subject_of(buyer),
        after={name: value for name, value in after.items() if value not in (None, [], False)},
        now=now,
    )
    return buyer


def add_offline_buyer(session: Session, brand: Brand, new: NewBuyer) -> Buyer:
    """Add the rows of the buyer; it has a unique code, made here when none is given (R48)."""
    details = new.details
    buyer = Buyer(
        id=new.id,
        maker_id=brand.maker_id,
        brand_id=brand.id,
        unique_code=details.unique_code or free_code(session, brand.id),
        customer_code=details.customer_code,
        name=details.name,
        is_company=details.is_company,
        first_name=details.first_name,
        last_name=details.last_name,
        contact_email=details.contact_email,
        phone=details.phone,
        tax_id=details.tax_id,
        tags=details.tags,
        country=details.country,
        language=details.language,
        trade_term_id=details.trade_term_id,
        currency=details.currency,
        rate_kind=details.rate_kind,
        rate_value=details.rate_value,
        deposit_percent=details.deposit_percent,
        payment_terms=details.payment_terms,
        notification_emails=details.notification_emails,
        login_email=new.login_email,
        login_hash=new.login_hash,
        passcode_hash=new.passcode_hash,
    )
    session.add(buyer)
    session.add(
        BuyerLookup(
            buyer_id=buyer.id, maker_id=brand.maker_id, brand_id=brand.id, organisation_id=None
        )
    )
    return buyer


def free_code(session: Session, brand_id: UUID) -> str:
    """Return a code that no buyer of the brand has."""
    while is_code_taken(session, brand_id, code := make_unique_code()):
        continue
    return code
