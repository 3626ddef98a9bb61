"""Offer a customer to connect: it then manages this buyer itself, at the terms it has."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Actor, Place, Subject, record_change
from common.delivery import publish
from common.errors import FieldError, Invalid
from identity.domain import lifetimes
from identity.domain.email import is_email, masked, normal
from identity.domain.invitation import AlreadyConnected
from identity.events import MailRequested
from identity.store.brands import get_brand, get_maker
from identity.store.buyers import lock_buyer
from identity.store.invitations import find_open_invitation
from identity.store.models import Buyer, BuyerInvitation, MailSecret


def invite_customer(
    session: Session, buyer_id: UUID, *, email: str, actor: Actor, now: datetime
) -> BuyerInvitation:
    """Open an offer for the offline buyer and ask for its mail; it ends the one before.

    Raises AlreadyConnected, Invalid at `email`, BuyerNotFound.
    """
    buyer = lock_buyer(session, buyer_id)
    if buyer.kind != "offline":
        raise AlreadyConnected("This buyer belongs to a customer already.")
    address = normal(email)
    if not is_email(address):
        wrong = FieldError("email", "email", "Please give a complete email address.")
        raise Invalid("Some fields are not right.", errors=[wrong])
    _end_earlier(session, buyer.id, now)
    invitation = BuyerInvitation(
        maker_id=buyer.maker_id,
        brand_id=buyer.brand_id,
        buyer_id=buyer.id,
        email=address,
        invited_by=actor.user_id,
        expires_at=now + lifetimes.INVITATION,
    )
    session.add(invitation)
    _ask_for_mail(session, buyer, invitation, actor)
    _record(session, buyer, invitation, action="customer_invited", actor=actor, now=now)
    session.flush()
    return invitation


def withdraw_invitation(session: Session, buyer_id: UUID, *, actor: Actor, now: datetime) -> bool:
    """End the buyer's open offer; return whether there was one. Its mail opens nothing more."""
    buyer = lock_buyer(session, buyer_id)
    ended = _end_earlier(session, buyer.id, now)
    if ended is not None:
        _record(session, buyer, ended, action="invitation_withdrawn", actor=actor, now=now)
    return ended is not None


def _end_earlier(session: Session, buyer_id: UUID, now: datetime) -> BuyerInvitation | None:
    earlier = find_open_invitation(session, buyer_id)
    if earlier is not None:
        earlier.state, earlier.settled_at = "ended", now
        session.flush()
    return earlier


def _ask_for_mail(
    session: Session, buyer: Buyer, invitation: BuyerInvitation, actor: Actor
) -> None:
    session.add(
        MailSecret(
            id=invitation.id,
            kind="invitation",
            maker_id=buyer.maker_id,
            expires_at=invitation.expires_at,
        )
    )
    values = {
        "what": "brand",
        "from_name": get_brand(session, buyer.brand_id).name,
        "inviter_name": actor.name,
        "role": None,
        "buyer_name": buyer.name,
        "expires_at": invitation.expires_at,
    }
    publish(
        session,
        MailRequested(
            maker_id=buyer.maker_id,
            brand_id=buyer.brand_id,
            aggregate_id=invitation.id,
            reference_id=invitation.id,
            kind="invitation",
            recipient=invitation.email,
            language=buyer.language,
            time_zone=get_maker(session, buyer.maker_id).time_zone,
            values=values,
            order_id=None,
        ),
    )


def _record(
    session: Session,
    buyer: Buyer,
    invitation: BuyerInvitation,
    *,
    action: str,
    actor: Actor,
    now: datetime,
) -> None:
    record_change(
        session,
        actor=actor,
        place=Place(buyer.maker_id, buyer.brand_id),
        action=action,
        subject=Subject("buyer", buyer.id, buyer.name),
        after={"email": masked(invitation.email)},
        now=now,
    )
