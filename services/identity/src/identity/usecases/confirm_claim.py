"""The customer takes over its buyer: once, and the offline login opens nothing more (R165)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.delivery import publish
from common.errors import Conflict
from common.ids import new_id
from identity.domain.claim import ClaimState, check_claimable
from identity.domain.membership import demand_owner
from identity.events import TransitionChanged
from identity.store.buyers import lock_buyer
from identity.store.claims import get_claim, lock_claim
from identity.store.models import Buyer, Claim, Membership, User
from identity.store.organisations import get_own
from identity.store.users import find_user_by_email, get_user
from identity.usecases.connect_buyer import connect_buyer
from identity.usecases.send_claim import describe_claim
from identity.usecases.send_receipts import send_receipts


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
    session: Session,
    claim_id: UUID,
    *,
    account: NewAccount | UUID,
    now: datetime,
    joins: UUID | None = None,
) -> Confirmed:
    """Make the account (or take the one whose password was proved) owner of the organisation, or
    let the buyer join the organisation `joins`, which the account owns.

    The buyer's row is locked before the claim's, as in every change of ownership, so that a claim
    is confirmed or undone, never both. Raises ClaimIsOver, AccountExists, OrganisationNotFound,
    OwnersOnly.
    """
    buyer = lock_buyer(session, get_claim(session, claim_id).buyer_id)
    claim = lock_claim(session, claim_id)
    check_claimable(claim.state, expires_at=claim.expires_at, now=now)
    user = _account(session, claim, buyer, account)
    organisation_id = _home(session, claim, user, joins)
    claim.state, claim.settled_at = ClaimState.CLAIMED, now
    dead = connect_buyer(
        session,
        buyer,
        organisation_id=organisation_id,
        change="claimed",
        order_id=claim.order_id,
        by_user_id=user.id,
        now=now,
    )
    publish(session, _event(claim, organisation_id))
    send_receipts(session, buyer, user, has_joined=joins is not None, now=now)
    return Confirmed(user.id, dead)


def _home(session: Session, claim: Claim, user: User, joins: UUID | None) -> UUID:
    """Return the organisation that is to have the buyer: one of the account's, or the new one."""
    if joins is not None:
        demand_owner(get_own(session, joins, user_id=user.id).role)
        return joins
    if session.get(Membership, (claim.organisation_id, user.id)) is None:
        session.add(
            Membership(organisation_id=claim.organisation_id, user_id=user.id, role="primary_owner")
        )
    return claim.organisation_id


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


def _event(claim: Claim, organisation_id: UUID) -> TransitionChanged:
    return TransitionChanged(
        maker_id=claim.maker_id,
        brand_id=claim.brand_id,
        aggregate_id=claim.order_id,
        order_id=claim.order_id,
        buyer_id=claim.buyer_id,
        outcome="claimed",
        organisation_id=organisation_id,
        claim=describe_claim(claim),
        note=None,
    )
