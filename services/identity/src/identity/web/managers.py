"""Who manages the staff and the settings, from the claims behind a request."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from common.errors import Unauthorized
from common.sessions import Claims
from common.web.actors import actor_of, current_person
from common.web.auth import current_staff
from identity.domain.roles import MANAGERS, demand_role
from identity.domain.team import role_of_key
from identity.store.api_keys import lock_api_key
from identity.store.brands import BrandNotFound, list_brands
from identity.store.staff import find_access
from identity.store.team import get_member_of_user, list_brands_of, lock_team
from identity.usecases.managing import Manager
from identity.web.staff import maker_of

NOBODY = UUID(int=0)


def current_manager() -> Claims:
    """Return an owner or admin who is signed in. Raises RoleNotEnough, Unauthorized."""
    staff = current_person()
    demand_role(staff.role, MANAGERS)
    return staff


def current_manager_or_key() -> Claims:
    """Return an owner or admin, or a key: `manager_of` says what that may. Raises RoleNotEnough."""
    staff = current_staff()
    return staff if staff.kind == "api_key" else current_manager()


def manager_of(session: Session, staff: Claims) -> Manager:
    """Return the manager as the rows have it now; nobody else changes the team until commit.

    The claims are of when the request began: since then, or while it waited for its turn, the
    person may have been put down or removed, the key revoked. Raises Unauthorized, RoleNotEnough,
    and MemberNotFound for a key whose maker is gone.
    """
    lock_team(session, maker_of(staff))
    if staff.kind == "api_key":
        return _manager_of_key(session, staff)
    return _manager_of_person(session, staff)


def demand_own_brand(manager: Manager, brand_id: UUID) -> None:
    """Raise BrandNotFound unless the manager sees the brand."""
    if brand_id not in manager.brand_ids:
        raise BrandNotFound("There is no such brand.")


def seen_manager(session: Session, staff: Claims) -> Manager:
    """Return the manager as its claims have it, for a page that changes nothing."""
    return _person(session, staff, staff.role, staff.brand_ids)


def _manager_of_person(session: Session, staff: Claims) -> Manager:
    access = find_access(session, staff.user_id or NOBODY)
    if access is None or access.maker_id != staff.maker_id:
        raise Unauthorized("Please sign in as a member of the brand.")
    demand_role(access.role, MANAGERS)
    return _person(session, staff, access.role, access.brand_ids)


def _person(
    session: Session, staff: Claims, role: str | None, brand_ids: Collection[UUID]
) -> Manager:
    every = {brand.id for brand in list_brands(session)}
    return Manager(
        actor=actor_of(staff),
        maker_id=maker_of(staff),
        role=role,
        brand_ids=brand_ids,
        has_all_brands=every <= set(brand_ids),
        person_id=staff.user_id or NOBODY,
        person_name=staff.display_name,
    )


def _manager_of_key(session: Session, staff: Claims) -> Manager:
    """A key manages for its brand alone, and only as long as who made it could."""
    key = lock_api_key(session, staff.session_id, brand_ids=staff.brand_ids)
    if key.revoked_at is not None:
        raise Unauthorized("Please sign in.")
    member, person = get_member_of_user(session, key.created_by)
    role = role_of_key(member.role)
    demand_role(role, MANAGERS)
    theirs = None if member.has_all_brands else list_brands_of(session, member)
    return Manager(
        actor=actor_of(staff),
        maker_id=key.maker_id,
        role=role,
        brand_ids=[key.brand_id] if theirs is None or key.brand_id in theirs else [],
        has_all_brands=False,
        person_id=person.id,
        person_name=person.name,
    )
