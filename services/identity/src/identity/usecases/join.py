"""Whoever was invited accepts: a place on a maker's staff, or in a customer's organisation."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from common.audit import Actor, Place, Subject, record_change
from common.errors import Conflict, Forbidden
from identity.store.models import (
    Membership,
    OrganisationInvitation,
    StaffBrand,
    StaffLookup,
    StaffMember,
    TeamInvitation,
    User,
)


class NotYourInvitation(Forbidden):
    """It names another address: a place in a team is not passed on."""

    code = "not_your_invitation"


class StaffElsewhere(Conflict):
    """One account is on the staff of one maker."""

    code = "staff_elsewhere"


def join_organisation(
    session: Session, invitation: OrganisationInvitation, user: User, *, now: datetime
) -> None:
    """Make the user a member in the offered role; who is one already stays as it is."""
    _demand_own(invitation.email, user)
    invitation.state, invitation.settled_at = "accepted", now
    if session.get(Membership, (invitation.organisation_id, user.id)) is None:
        session.add(
            Membership(
                organisation_id=invitation.organisation_id, user_id=user.id, role=invitation.role
            )
        )


def join_team(session: Session, invitation: TeamInvitation, user: User, *, now: datetime) -> None:
    """Put the user onto the maker's staff. Raises NotYourInvitation, StaffElsewhere."""
    _demand_own(invitation.email, user)
    if session.get(StaffLookup, user.id) is not None:
        raise StaffElsewhere("This account is on a staff already.")
    invitation.state, invitation.settled_at = "accepted", now
    member = StaffMember(
        maker_id=invitation.maker_id,
        user_id=user.id,
        role=invitation.role,
        has_all_brands=invitation.has_all_brands,
    )
    session.add_all([member, StaffLookup(user_id=user.id, maker_id=invitation.maker_id)])
    session.flush()
    for brand_id in () if invitation.has_all_brands else invitation.brand_ids:
        row = StaffBrand(maker_id=invitation.maker_id, staff_id=member.id, brand_id=UUID(brand_id))
        session.add(row)
    record_change(
        session,
        actor=Actor("user", user.id, user.name),
        place=Place(invitation.maker_id, None),
        action="member_joined",
        subject=Subject("member", user.id, user.name),
        after={"role": invitation.role},
        now=now,
    )


def _demand_own(email: str, user: User) -> None:
    if user.email != email:
        raise NotYourInvitation("This invitation is for another email address.")
