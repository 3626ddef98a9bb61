"""Connect a brand to a shop at NEXT ENGINE, or end that (R187, D22)."""

from datetime import datetime
from uuid import UUID

from cryptography.fernet import Fernet
from sqlalchemy.orm import Session

from checkout.gateways.next_engine.shops import Destination
from checkout.gateways.next_engine.sign_in import Company
from checkout.store.brands import enter_brand
from checkout.store.next_engine import claim_company, put_company, put_shop, remove_shop
from checkout.store.slips import release_waiting
from common.delivery import revive_calls
from common.errors import Conflict, FieldError, Invalid


class CompanyTaken(Conflict):
    """The company is connected to another maker; its tokens are never replaced."""

    code = "next_engine_company_taken"
    rule = "R187"


class ShopKeepsTax(Invalid):
    """Our prices are without tax; this shop keeps them with it."""

    code = "next_engine_shop_keeps_tax"
    rule = "D22"


def connect_next_engine(
    session: Session,
    company: Company,
    destination: Destination,
    *,
    maker_id: UUID,
    brand_id: UUID,
    cipher: Fernet,
    now: datetime,
) -> int:
    """Send the brand's orders there; return how many uploads that waited start again.

    A company that is connected already gets the new pair, for all of its brands.
    Raises CompanyTaken, ShopKeepsTax.
    """
    if destination.keeps_prices_with_tax:
        error = FieldError("destination", "keeps_tax", "This shop keeps prices with tax.")
        raise ShopKeepsTax("Our prices are without tax.", errors=[error])
    if claim_company(session, company.company_id, maker_id=maker_id) != maker_id:
        raise CompanyTaken("This company is connected to somebody else.")
    enter_brand(session, brand_id=brand_id, maker_id=maker_id)
    tokens = company.tokens
    connection_id = put_company(
        session,
        maker_id=maker_id,
        company_id=company.company_id,
        company_name=company.name,
        access_token=cipher.encrypt(tokens.access.encode()),
        refresh_token=cipher.encrypt(tokens.refresh.encode()),
        access_ends_at=tokens.access_ends_at,
        refresh_ends_at=tokens.refresh_ends_at,
    )
    put_shop(
        session,
        maker_id=maker_id,
        brand_id=brand_id,
        connection_id=connection_id,
        shop_id=destination.shop_id,
        pattern_id=destination.pattern_id,
    )
    calls = release_waiting(session, connection_id=connection_id, now=now)
    revive_calls(session, [call_id for call_id in calls if call_id is not None])
    return len(calls)


def disconnect_next_engine(session: Session, *, brand_id: UUID) -> None:
    """Upload nothing more for the brand. Tokens that serve no other brand are erased."""
    remove_shop(session, brand_id=brand_id)
