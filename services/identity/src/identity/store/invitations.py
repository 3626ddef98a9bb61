"""Offers to customers to connect."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from identity.store.models import BuyerInvitation, OrganisationInvitation, TeamInvitation


def find_open_invitation(session: Session, buyer_id: UUID) -> BuyerInvitation | None:
    """Return the buyer's open offer, row-locked until commit; it may be over by its date."""
    query = select(BuyerInvitation).where(
        BuyerInvitation.buyer_id == buyer_id, BuyerInvitation.state == "open"
    )
    return session.scalars(query.with_for_update()).one_or_none()


def find_latest_invitation(session: Session, buyer_id: UUID) -> BuyerInvitation | None:
    query = select(BuyerInvitation).where(BuyerInvitation.buyer_id == buyer_id)
    return session.scalars(query.order_by(BuyerInvitation.id.desc()).limit(1)).one_or_none()


def lock_invitation(session: Session, invitation_id: UUID) -> BuyerInvitation | None:
    """Return the offer, row-locked until commit, or None."""
    query = select(BuyerInvitation).where(BuyerInvitation.id == invitation_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def lock_any_invitation(
    session: Session, invitation_id: UUID
) -> BuyerInvitation | TeamInvitation | OrganisationInvitation | None:
    """Return the invitation of whatever kind (the ids never meet), row-locked, or None."""
    offer = session.get(OrganisationInvitation, invitation_id, with_for_update=True)
    return (
        offer
        or session.get(TeamInvitation, invitation_id, with_for_update=True)
        or lock_invitation(session, invitation_id)
    )


def find_invitation_row(session: Session, invitation_id: UUID) -> BuyerInvitation | None:
    """Return the brand's offer without a lock: whose buyer is to be locked first?"""
    return session.get(BuyerInvitation, invitation_id)
