"""Members of a customer's organisation: invited by mail, given a role, removed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from identity.domain import lifetimes
from identity.domain.membership import MEMBER, OWNER, PRIMARY, check_may_go, demand_owner
from identity.store.models import Membership, OrganisationInvitation, User
from identity.store.organisations import (
    OrganisationNotFound,
    get_own,
    list_open_invitations,
    lock_organisation,
)
from identity.store.users import get_user
from identity.usecases.request_mail import request_mail

ROLES = (OWNER, MEMBER)


def rename_organisation(session: Session, organisation_id: UUID, *, by: UUID, name: str) -> None:
    own = get_own(session, organisation_id, user_id=by)
    demand_owner(own.role)
    own.organisation.name = name


def invite_member(
    session: Session, organisation_id: UUID, *, by: UUID, email: str, role: str, now: datetime
) -> OrganisationInvitation:
    """Mail an invitation to the (normal) address; it ends the one before. Raises OwnersOnly."""
    own = _as_owner(session, organisation_id, by)
    withdraw(session, organisation_id, by=by, email=email, now=now)
    inviter = get_user(session, by)
    row = OrganisationInvitation(
        organisation_id=organisation_id,
        email=email,
        role=role,
        invited_by=by,
        expires_at=now + lifetimes.INVITATION,
    )
    session.add(row)
    request_mail(
        session,
        "invitation",
        recipient=email,
        language=inviter.language,
        values={
            "what": "organisation",
            "from_name": own,
            "inviter_name": inviter.name,
            "role": role,
            "buyer_name": None,
            "expires_at": row.expires_at,
        },
        reference_id=row.id,
        expires_at=row.expires_at,
    )
    return row


def withdraw(
    session: Session, organisation_id: UUID, *, by: UUID, email: str, now: datetime
) -> None:
    """End the open invitation of that address, if there is one."""
    _as_owner(session, organisation_id, by)
    for row in list_open_invitations(session, organisation_id):
        if row.email == email:
            row.state, row.settled_at = "ended", now
    session.flush()


def change_role(
    session: Session, organisation_id: UUID, member_id: UUID, *, by: UUID, role: str
) -> None:
    """Give a member a role; giving away primary_owner makes the giver an owner.

    Raises OwnersOnly, LastOwner, OrganisationNotFound for who is no member.
    """
    _as_owner(session, organisation_id, by)
    member = _member(session, organisation_id, member_id)
    if role == PRIMARY:
        giver = _member(session, organisation_id, by)
        if giver.role != PRIMARY:
            demand_owner(MEMBER)
        giver.role = OWNER
        session.flush()
    elif member.role == PRIMARY:
        check_may_go(member.role)
    member.role = role


def remove_member(session: Session, organisation_id: UUID, member_id: UUID, *, by: UUID) -> None:
    """Let a member go: by an owner, or by itself. Its sessions as a buyer end by themselves,
    as every reading of a session looks at the membership (read_session).
    """
    get_own(session, organisation_id, user_id=by)  # Somebody else's is not there, locked or not.
    lock_organisation(session, organisation_id)
    own = get_own(session, organisation_id, user_id=by)
    if by != member_id:
        demand_owner(own.role)
    member = _member(session, organisation_id, member_id)
    check_may_go(member.role)
    session.delete(member)


def _as_owner(session: Session, organisation_id: UUID, user_id: UUID) -> str:
    """Lock the organisation; return its name. Raises OwnersOnly, OrganisationNotFound."""
    own = get_own(session, organisation_id, user_id=user_id)
    lock_organisation(session, organisation_id)
    demand_owner(own.role)
    return own.organisation.name


def _member(session: Session, organisation_id: UUID, user_id: UUID) -> Membership:
    found = session.get(Membership, (organisation_id, user_id), populate_existing=True)
    if found is None or session.get(User, user_id) is None:
        raise OrganisationNotFound("There is no such organization.")
    return found
