"""The customer takes over its buyer: once, and the offline login opens nothing more (R165)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.delivery import publish
from common.errors import Conflict
from common.ids import new_id
from identity.domain.claim import ClaimState, check_claimable
from identity.domain.methods import Method
from identity.events import TransitionChanged
from identity.store.buyers import lock_buyer
from identity.store.claims import get_claim, lock_claim
from identity.store.models import Buyer, Claim, Membership, OwnershipChange, User
from identity.store.sessions import delete_sessions_of_buyer
from identity.store.users import find_user_by_email, get_user
from identity.usecases.send_claim import describe_claim


class AccountExists(Conflict):
    """The e-mail got an account meanwhile; its password is to be proved instead."""

    code = "account_exists"


@dataclass(frozen=True, slots=True)
class NewAccount:
    """The account to make for an e-mail that has none."""

    name: str
    password_hash: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    user_id: UUID
    dead_copies: list[str]


def confirm_claim(
    session: Session, claim_id: UUID, *, account: NewAccount | UUID, now: datetime
) -> Confirmed:
    """Make the account (or take the one whose password was proved) owner of the organisation.

    The buyer's row is locked before the claim's, as in every change of ownership, so that a claim
    is confirmed or undone, never both. Raises ClaimIsOver, AccountExists.
    """
    buyer = lock_buyer(session, get_claim(session, claim_id).buyer_id)
    claim = lock_claim(session, claim_id)
    check_claimable(claim.state, expires_at=claim.expires_at, now=now)
    user = _account(session, claim, buyer, account)
    if session.get(Membership, (claim.organisation_id, user.id)) is None:
        session.add(
            Membership(organisation_id=claim.organisation_id, user_id=user.id, role="owner")
        )
    claim.state, claim.settled_at = ClaimState.CLAIMED, now
    buyer.claimed_at, buyer.login_hash = now, None
    buyer.version += 1
    session.add(_change(claim, user, now))
    publish(session, _event(claim))
    dead = delete_sessions_of_buyer(session, buyer.id, method=Method.OFFLINE_LOGIN)
    return Confirmed(user.id, dead)


def _account(session: Session, claim: Claim, buyer: Buyer, account: NewAccount | UUID) -> User:
    if isinstance(account, UUID):
        return get_user(session, account)
    email = claim.email or ""
    there = find_user_by_email(session, email)
    if there is not None:
        # Made between the page and this request: nobody proved its password.
        raise AccountExists
    user = User(
        id=new_id(),
        email=email,
        name=account.name,
        password_hash=account.password_hash,
        language=buyer.language,
    )
    session.add(user)
    session.flush()
    return user


def _change(claim: Claim, user: User, now: datetime) -> OwnershipChange:
    return OwnershipChange(
        maker_id=claim.maker_id,
        buyer_id=claim.buyer_id,
        change="claimed",
        organisation_id=claim.organisation_id,
        order_id=claim.order_id,
        by_user_id=user.id,
        changed_at=now,
    )


def _event(claim: Claim) -> TransitionChanged:
    return TransitionChanged(
        maker_id=claim.maker_id,
        brand_id=claim.brand_id,
        aggregate_id=claim.order_id,
        order_id=claim.order_id,
        buyer_id=claim.buyer_id,
        outcome="claimed",
        organisation_id=claim.organisation_id,
        claim=describe_claim(claim),
        note=None,
    )
