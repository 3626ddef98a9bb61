"""Changing a maker's staff: one member at a time, and who is invited."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from common.errors import NotFound
from identity.store.models import Maker, StaffBrand, StaffMember, TeamInvitation, User


class MemberNotFound(NotFound):
    """Nobody of this maker's staff."""

    code = "member_not_found"


def lock_team(session: Session, maker_id: UUID) -> Maker:
    """Let changes of a maker's staff be made one after the other until commit."""
    query = select(Maker).where(Maker.maker_id == maker_id).with_for_update()
    return session.scalars(query).one()


def get_member(session: Session, member_id: UUID) -> tuple[StaffMember, User]:
    """Return the member with the account. Raises MemberNotFound."""
    return _get_one(session, StaffMember.id == member_id)


def set_brands(session: Session, member: StaffMember, brand_ids: Collection[UUID]) -> None:
    """Let the member see these brands and no others; nothing for who sees all."""
    session.execute(delete(StaffBrand).where(StaffBrand.staff_id == member.id))
    rows = [] if member.has_all_brands else sorted(brand_ids)
    session.add_all(
        StaffBrand(maker_id=member.maker_id, staff_id=member.id, brand_id=brand_id)
        for brand_id in rows
    )


def find_member_by_email(session: Session, email: str) -> StaffMember | None:
    """Return the maker's member with that address."""
    query = select(StaffMember).join(User, User.id == StaffMember.user_id)
    return session.scalars(query.where(User.email == email)).one_or_none()


def get_member_of_user(session: Session, user_id: UUID) -> tuple[StaffMember, User]:
    """Return the maker's member with that account. Raises MemberNotFound."""
    return _get_one(session, StaffMember.user_id == user_id)


def list_brands_of(session: Session, member: StaffMember) -> Sequence[UUID]:
    """Return the brands of one who does not see all."""
    query = select(StaffBrand.brand_id).where(StaffBrand.staff_id == member.id)
    return session.scalars(query.order_by(StaffBrand.brand_id)).all()


def find_team_invitation(session: Session, invitation_id: UUID) -> TeamInvitation | None:
    """Return the maker's invitation if it is open; it may be over by its date."""
    query = select(TeamInvitation).where(
        TeamInvitation.state == "open", TeamInvitation.id == invitation_id
    )
    return session.scalars(query).one_or_none()


def lock_open_team_invitations(session: Session, email: str) -> Sequence[TeamInvitation]:
    """Return all open ones to that address, row-locked until commit; some may be over by date."""
    query = select(TeamInvitation).where(
        TeamInvitation.state == "open", TeamInvitation.email == email
    )
    return session.scalars(query.order_by(TeamInvitation.id).with_for_update()).all()


def lock_team_invitations_by(session: Session, user_id: UUID) -> Sequence[TeamInvitation]:
    """Return the open invitations that somebody sent, row-locked until commit."""
    query = select(TeamInvitation).where(
        TeamInvitation.state == "open", TeamInvitation.invited_by == user_id
    )
    return session.scalars(query.order_by(TeamInvitation.id).with_for_update()).all()


def _get_one(session: Session, which: ColumnElement[bool]) -> tuple[StaffMember, User]:
    query = select(StaffMember, User).join(User, User.id == StaffMember.user_id)
    found = session.execute(
        query.where(which).execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise MemberNotFound("There is no such member.")
    return found[0], found[1]
