"""Staff of a maker and the brands they may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.db import act_as
from identity.domain.roles import OWNERS
from identity.store.models import Brand, StaffBrand, StaffLookup, StaffMember, User


@dataclass(frozen=True, slots=True)
class Access:
    """What a staff member may see, and in which role."""

    maker_id: UUID
    role: str
    brand_ids: tuple[UUID, ...]


def find_access(session: Session, user_id: UUID) -> Access | None:
    """Return the user's access as staff, or None; the transaction then acts as that maker."""
    found = session.get(StaffLookup, user_id)
    if found is None:
        return None
    act_as(session, found.maker_id)
    member = session.scalars(
        select(StaffMember).where(StaffMember.user_id == user_id)
    ).one_or_none()
    if member is None:
        return None
    return Access(found.maker_id, member.role, tuple(_brand_ids(session, member)))


def list_staff(session: Session) -> Sequence[tuple[StaffMember, User]]:
    """Return the maker's staff with their accounts, by name."""
    query = (
        select(StaffMember, User)
        .join(User, User.id == StaffMember.user_id)
        .order_by(User.name, User.id)
    )
    return [(member, user) for member, user in session.execute(query)]


def list_owners_of_brand(session: Session, brand_id: UUID) -> Sequence[User]:
    """Return the accounts of the owners that see the brand: whom its receipts go to."""
    sees = StaffMember.has_all_brands | (
        select(StaffBrand.brand_id)
        .where(StaffBrand.staff_id == StaffMember.id, StaffBrand.brand_id == brand_id)
        .exists()
    )
    query = select(User).join(StaffMember, StaffMember.user_id == User.id)
    owners = StaffMember.role.in_(sorted(OWNERS))
    return session.scalars(query.where(owners, sees).order_by(User.id)).all()


def list_staff_brands(session: Session) -> dict[UUID, list[str]]:
    """Return brand names by staff id, for those who do not see all brands."""
    query = select(StaffBrand.staff_id, Brand.name).join(Brand, Brand.id == StaffBrand.brand_id)
    names: dict[UUID, list[str]] = {}
    for staff_id, name in session.execute(query.order_by(Brand.name)):
        names.setdefault(staff_id, []).append(name)
    return names


def _brand_ids(session: Session, member: StaffMember) -> Sequence[UUID]:
    if member.has_all_brands:
        return session.scalars(select(Brand.id).order_by(Brand.id)).all()
    mine = select(StaffBrand.brand_id).where(StaffBrand.staff_id == member.id)
    return session.scalars(mine.order_by(StaffBrand.brand_id)).all()
