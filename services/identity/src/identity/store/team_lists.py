"""A maker's staff and its open invitations, as lists: all of them, or those of some brands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from identity.store.models import StaffBrand, StaffMember, TeamInvitation, User


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSearch:
    """What is asked for, page by page. `brand_ids` None: whatever brands somebody sees."""

    brand_ids: Collection[UUID] | None
    after: UUID | None = None
    limit: int = 50


def list_members(session: Session, search: TeamSearch) -> Sequence[tuple[StaffMember, User]]:
    """Return one page of the staff and one more if there is, in the order of joining."""
    query = select(StaffMember, User).join(User, User.id == StaffMember.user_id)
    if search.brand_ids is not None:
        works_there = select(StaffBrand.brand_id).where(
            StaffBrand.staff_id == StaffMember.id, StaffBrand.brand_id.in_(search.brand_ids)
        )
        query = query.where(or_(StaffMember.has_all_brands, works_there.exists()))
    if search.after:
        query = query.where(StaffMember.id > search.after)
    page = query.order_by(StaffMember.id).limit(search.limit + 1)
    return [(member, user) for member, user in session.execute(page)]


def list_brands_by_member(session: Session, staff_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return the brands of those who do not see all, by staff id."""
    query = select(StaffBrand.staff_id, StaffBrand.brand_id)
    found: dict[UUID, list[UUID]] = {}
    ordered = query.where(StaffBrand.staff_id.in_(staff_ids)).order_by(StaffBrand.brand_id)
    for staff_id, brand_id in session.execute(ordered):
        found.setdefault(staff_id, []).append(brand_id)
    return found


def list_team_invitations(session: Session) -> Sequence[TeamInvitation]:
    """Return all open invitations by address; one may be over by its date."""
    query = select(TeamInvitation).where(TeamInvitation.state == "open")
    return session.scalars(query.order_by(TeamInvitation.email)).all()


def list_team_invitations_by(session: Session, user_id: UUID) -> Sequence[TeamInvitation]:
    """Return the open invitations that somebody sent, by address."""
    query = select(TeamInvitation).where(
        TeamInvitation.state == "open", TeamInvitation.invited_by == user_id
    )
    return session.scalars(query.order_by(TeamInvitation.email)).all()


def page_invitations(session: Session, search: TeamSearch) -> Sequence[TeamInvitation]:
    """Return one page of the open invitations and one more if there is, oldest first."""
    query = select(TeamInvitation).where(TeamInvitation.state == "open")
    if search.brand_ids is not None:
        theirs = [TeamInvitation.brand_ids.contains([str(each)]) for each in search.brand_ids]
        query = query.where(or_(TeamInvitation.has_all_brands, *theirs))
    if search.after:
        query = query.where(TeamInvitation.id > search.after)
    return session.scalars(query.order_by(TeamInvitation.id).limit(search.limit + 1)).all()
