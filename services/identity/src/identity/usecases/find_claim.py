"""The claim behind a mailed token, for the page that asks to confirm it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from common.db import act_as
from common.sessions import hash_of
from identity.domain.claim import ClaimIsOver, check_claimable
from identity.store.brands import get_brand
from identity.store.buyers import get_buyer
from identity.store.claims import find_secret_by_hash, get_claim
from identity.store.models import Brand, Buyer, Claim, User
from identity.store.users import find_user_by_email


@dataclass(frozen=True, slots=True)
class ClaimView:
    claim: Claim
    buyer: Buyer
    brand: Brand
    account: User | None
    """The account that the claim's e-mail already has."""

    @property
    def email(self) -> str:
        return self.claim.email or ""


def find_claim(session: Session, token: str, *, now: datetime) -> ClaimView:
    """Return the claim; the transaction then acts as its maker. Raises ClaimIsOver."""
    secret = find_secret_by_hash(session, hash_of(token), kind="claim")
    if secret is None or secret.maker_id is None:
        raise ClaimIsOver
    act_as(session, secret.maker_id)
    claim = get_claim(session, secret.id)
    check_claimable(claim.state, expires_at=claim.expires_at, now=now)
    buyer = get_buyer(session, claim.buyer_id, brand_id=claim.brand_id)
    account = find_user_by_email(session, claim.email) if claim.email else None
    return ClaimView(claim, buyer, get_brand(session, claim.brand_id), account)
