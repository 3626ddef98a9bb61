"""A customer accepts a brand's offer: the buyer becomes one of its organisation's (R158)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Actor, Place, Subject, record_change
from identity.domain.invitation import AlreadyConnected, InvitationIsOver, check_pending
from identity.domain.membership import demand_owner
from identity.store.buyers import lock_buyer
from identity.store.invitations import find_invitation_row, lock_invitation
from identity.store.organisations import get_own
from identity.store.users import get_user
from identity.usecases.connect_buyer import connect_buyer
from identity.usecases.create_organisation import create_organisation
from identity.usecases.send_receipts import send_receipts


def accept_offer(
    session: Session,
    invitation_id: UUID,
    *,
    user_id: UUID,
    organisation: UUID | str,
    now: datetime,
) -> list[str]:
    """Connect the offered buyer to the user's organisation, or to a new one of that name.

    Buyer before invitation, as every change of ownership locks. Returns the copies to bury.
    Raises InvitationIsOver, AlreadyConnected, OrganisationNotFound, OwnersOnly.
    """
    offered = find_invitation_row(session, invitation_id)
    if offered is None:
        raise InvitationIsOver
    buyer = lock_buyer(session, offered.buyer_id)
    row = lock_invitation(session, invitation_id)
    if row is None:
        raise InvitationIsOver
    check_pending(row.state, expires_at=row.expires_at, now=now)
    if buyer.kind != "offline":
        raise AlreadyConnected("This buyer belongs to a customer already.")
    user, home = get_user(session, user_id), _home(session, organisation, user_id)
    row.state, row.settled_at = "accepted", now
    row.accepted_by_organisation_id, row.accepted_by_user_id = home, user_id
    dead = connect_buyer(
        session,
        buyer,
        organisation_id=home,
        change="connected",
        order_id=None,
        by_user_id=user_id,
        now=now,
    )
    record_change(
        session,
        actor=Actor("user", user.id, user.name),
        place=Place(buyer.maker_id, buyer.brand_id),
        action="invitation_accepted",
        subject=Subject("buyer", buyer.id, buyer.name),
        before={"kind": "offline"},
        after={"kind": "connected"},
        now=now,
    )
    has_joined = isinstance(organisation, UUID)
    send_receipts(session, buyer, user, has_joined=has_joined, now=now)
    return dead


def _home(session: Session, organisation: UUID | str, user_id: UUID) -> UUID:
    if isinstance(organisation, str):
        return create_organisation(session, name=organisation, user_id=user_id).id
    demand_owner(get_own(session, organisation, user_id=user_id).role)
    return organisation
