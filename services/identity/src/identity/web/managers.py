"""Who manages the staff and the settings, from the claims behind a request."""

from uuid import UUID

from sqlalchemy.orm import Session

from common.sessions import Claims
from common.web.actors import actor_of, current_person
from common.web.auth import current_staff
from identity.domain.roles import MANAGERS, demand_role
from identity.domain.team import role_of_key
from identity.store.api_keys import lock_api_key
from identity.store.brands import list_brands
from identity.store.team import get_member_of_user, list_brands_of
from identity.usecases.managing import Manager
from identity.web.staff import maker_of


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
    """Return the manager with what it may give away.

    Raises RoleNotEnough or MemberNotFound for a key whose maker is no owner or admin any more.
    """
    if staff.kind == "api_key":
        return _manager_of_key(session, staff)
    every = {brand.id for brand in list_brands(session)}
    return Manager(
        actor=actor_of(staff),
        maker_id=maker_of(staff),
        role=staff.role,
        brand_ids=staff.brand_ids,
        has_all_brands=every <= set(staff.brand_ids),
        person_id=staff.user_id or UUID(int=0),
        person_name=staff.display_name,
    )


def _manager_of_key(session: Session, staff: Claims) -> Manager:
    """A key manages for its brand alone, and only as long as who made it could."""
    key = lock_api_key(session, staff.session_id, brand_ids=staff.brand_ids)
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
