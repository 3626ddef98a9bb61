"""Claims, and the mailed secrets that open them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from identity.domain.claim import ClaimIsOver, ClaimState
from identity.store.models import Claim, MailSecret


def lock_claim(session: Session, claim_id: UUID) -> Claim:
    """Return the claim, row-locked until commit. Raises ClaimIsOver when there is none."""
    query = select(Claim).where(Claim.id == claim_id).with_for_update()
    claim = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if claim is None:
        raise ClaimIsOver
    return claim


def get_claim(session: Session, claim_id: UUID) -> Claim:
    """Return the claim. Raises ClaimIsOver when there is none."""
    claim = session.get(Claim, claim_id)
    if claim is None:
        raise ClaimIsOver
    return claim


def find_open_claim(session: Session, buyer_id: UUID) -> Claim | None:
    """Return the buyer's claim that waits for the customer or for an address, row-locked."""
    waiting = Claim.state.in_([ClaimState.OPEN, ClaimState.NO_ADDRESS])
    query = select(Claim).where(Claim.buyer_id == buyer_id, waiting)
    return session.scalars(query.with_for_update()).one_or_none()


def find_latest_claim(session: Session, buyer_id: UUID) -> Claim | None:
    query = select(Claim).where(Claim.buyer_id == buyer_id)
    return session.scalars(query.order_by(Claim.id.desc()).limit(1)).one_or_none()


def find_secret(session: Session, reference_id: UUID) -> MailSecret | None:
    """Return what a mail's reference stands for; needs no tenant."""
    return session.get(MailSecret, reference_id)


def find_secret_by_hash(session: Session, token_hash: str, *, kind: str) -> MailSecret | None:
    """Return the secret that a mailed token opens; needs no tenant."""
    query = select(MailSecret).where(MailSecret.token_hash == token_hash, MailSecret.kind == kind)
    return session.scalars(query).one_or_none()
