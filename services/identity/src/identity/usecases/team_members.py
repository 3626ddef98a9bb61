"""A maker's staff: invited by mail, given a role and brands, removed (R198, R203)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from common.audit import NOTHING, Place, Subject, record_change
from identity.domain.membership import OWNER, PRIMARY
from identity.domain.team import NotYourself, demand_may_change, demand_may_hand_over
from identity.store.brands import list_brands
from identity.store.models import StaffBrand, StaffLookup, StaffMember, User
from identity.store.own_sessions import delete_sessions_of_user
from identity.store.team import (
    MemberNotFound,
    get_member,
    list_brands_of,
    lock_team,
    set_brands,
)
from identity.usecases.end_grants import end_grants
from identity.usecases.managing import Manager, Post, check_post, demand_reach, is_hidden


def change_member(
    session: Session, member_id: UUID, post: Post, *, manager: Manager, now: datetime
) -> list[str]:
    """Give a member another post; its sessions end, so that it signs in with the new rights.

    Returns the copies of sessions to bury. Raises MemberNotFound, RoleTooHigh, LastOwner,
    NotYourself, BeyondYourBrands, Invalid.
    """
    lock_team(session, manager.maker_id)
    member, user = _get_changeable(session, member_id, manager)
    given = check_post(post, manager)
    before = described(session, member)
    member.role, member.has_all_brands = given.role, given.has_all_brands
    set_brands(session, member, given.brand_ids)
    session.flush()
    after = described(session, member)
    if before == after:
        return []
    _record(session, manager, "member_changed", user, now, before=before, after=after)
    return delete_sessions_of_user(session, user.id, keeps=None, kind="staff")


def hand_over(session: Session, member_id: UUID, *, manager: Manager, now: datetime) -> list[str]:
    """Make a member the primary owner; who was it becomes an owner. Returns copies to bury."""
    lock_team(session, manager.maker_id)
    demand_may_hand_over(manager.role)
    member, user = get_member(session, member_id)
    _demand_other(manager, user)
    giver = _own_row(session, manager)
    before = described(session, member)
    giver.role = OWNER
    session.flush()
    member.role, member.has_all_brands = PRIMARY, True
    set_brands(session, member, ())
    session.flush()
    after = described(session, member)
    _record(session, manager, "ownership_handed_over", user, now, before=before, after=after)
    return [
        *delete_sessions_of_user(session, user.id, keeps=None, kind="staff"),
        *delete_sessions_of_user(session, giver.user_id, keeps=None, kind="staff"),
    ]


def remove_member(
    session: Session, member_id: UUID, *, manager: Manager, now: datetime
) -> list[str]:
    """Take somebody off the staff, and end what it gave; the account stays.

    Returns the copies of sessions and keys to bury.
    """
    lock_team(session, manager.maker_id)
    member, user = _get_changeable(session, member_id, manager)
    before = described(session, member)
    session.execute(delete(StaffBrand).where(StaffBrand.staff_id == member.id))
    session.execute(delete(StaffLookup).where(StaffLookup.user_id == user.id))
    session.delete(member)
    session.flush()
    _record(session, manager, "member_removed", user, now, before=before)
    dead = end_grants(session, user.id, manager=manager, now=now)
    return [*dead, *delete_sessions_of_user(session, user.id, keeps=None, kind="staff")]


def described(session: Session, member: StaffMember) -> dict[str, Any]:
    """Return the role and the brands' names as the audit log tells them."""
    names = [brand.name for brand in list_brands(session, list_brands_of(session, member))]
    return {"role": member.role, "brands": "*" if member.has_all_brands else names}


def _get_changeable(
    session: Session, member_id: UUID, manager: Manager
) -> tuple[StaffMember, User]:
    """Return the member if the manager may change it."""
    member, user = get_member(session, member_id)
    has_all, brand_ids = member.has_all_brands, list_brands_of(session, member)
    if is_hidden(manager, has_all_brands=has_all, brand_ids=brand_ids):
        raise MemberNotFound("There is no such member.")
    demand_reach(manager, has_all_brands=has_all, brand_ids=brand_ids)
    _demand_other(manager, user)
    demand_may_change(manager.role, member.role)
    return member, user


def _own_row(session: Session, manager: Manager) -> StaffMember:
    own = session.query(StaffMember).filter_by(user_id=manager.person_id).one()
    demand_may_hand_over(own.role)
    return own


def _demand_other(manager: Manager, user: User) -> None:
    if user.id == manager.person_id:
        raise NotYourself("Ask somebody else to change your own access.")


def _record(
    session: Session,
    manager: Manager,
    action: str,
    user: User,
    now: datetime,
    *,
    before: dict[str, Any],
    after: dict[str, Any] | None = None,
) -> None:
    record_change(
        session,
        actor=manager.actor,
        place=Place(manager.maker_id, None),
        action=action,
        subject=Subject("member", user.id, user.name),
        before=before,
        after=after or NOTHING,
        now=now,
    )
