"""Ask the customer by mail to take over what a transition gave it (D19, R205)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from common.delivery import publish
from identity.domain import lifetimes
from identity.domain.claim import ClaimState, claim_recipient
from identity.domain.email import masked
from identity.events import MailRequested
from identity.store.brands import get_brand, get_maker
from identity.store.claims import find_open_claim
from identity.store.models import Buyer, Claim, MailSecret

WORDS = {
    ClaimState.OPEN: "sent",
    ClaimState.NO_ADDRESS: "no_address",
    ClaimState.CLAIMED: "claimed",
    ClaimState.ENDED: "ended",
}


def send_claim(
    session: Session, buyer: Buyer, *, order_id: UUID, now: datetime, email: str | None = None
) -> Claim:
    """Open a claim for the (locked, connected) buyer and ask for its mail; it ends the one before.

    With no address known the claim waits for staff to give one.
    """
    if buyer.organisation_id is None:
        raise ValueError("an offline buyer has nothing to claim")
    _end_earlier(session, buyer, now)
    recipient = email or claim_recipient(
        login_email=buyer.login_email, contact_email=buyer.contact_email
    )
    claim = Claim(
        maker_id=buyer.maker_id,
        brand_id=buyer.brand_id,
        buyer_id=buyer.id,
        organisation_id=buyer.organisation_id,
        order_id=order_id,
        email=recipient,
        state=ClaimState.OPEN if recipient else ClaimState.NO_ADDRESS,
        expires_at=now + lifetimes.CLAIM,
    )
    session.add(claim)
    if recipient:
        _ask_for_mail(session, buyer, claim, recipient)
    session.flush()
    return claim


def describe_claim(claim: Claim) -> dict[str, Any]:
    """Return the claim as events tell it."""
    return {
        "state": WORDS[ClaimState(claim.state)],
        "email": claim.email,
        "email_masked": masked(claim.email) if claim.email else None,
    }


def _end_earlier(session: Session, buyer: Buyer, now: datetime) -> None:
    earlier = find_open_claim(session, buyer.id)
    if earlier is not None:
        earlier.state, earlier.settled_at = ClaimState.ENDED, now
        session.flush()


def _ask_for_mail(session: Session, buyer: Buyer, claim: Claim, recipient: str) -> None:
    maker = get_maker(session, buyer.maker_id)
    session.add(
        MailSecret(id=claim.id, kind="claim", maker_id=buyer.maker_id, expires_at=claim.expires_at)
    )
    values = {
        "brand_name": get_brand(session, buyer.brand_id).name,
        "maker_name": maker.name,
        "buyer_name": buyer.name,
        "expires_at": claim.expires_at,
    }
    publish(
        session,
        MailRequested(
            maker_id=buyer.maker_id,
            brand_id=buyer.brand_id,
            aggregate_id=claim.id,
            reference_id=claim.id,
            kind="claim",
            recipient=recipient,
            language=buyer.language,
            time_zone=maker.time_zone,
            values=values,
            order_id=claim.order_id,
        ),
    )
