"""Who manages the staff, from the claims behind a request."""

from sqlalchemy.orm import Session

from common.sessions import Claims
from common.web.actors import actor_of, current_person
from identity.domain.roles import MANAGERS, demand_role
from identity.store.brands import list_brands
from identity.usecases.team_members import Manager
from identity.web.staff import maker_of


def current_manager() -> Claims:
    """Return an owner or admin who is signed in. Raises RoleNotEnough, Unauthorized."""
    staff = current_person()
    demand_role(staff.role, MANAGERS)
    return staff


def manager_of(session: Session, staff: Claims) -> Manager:
    """Return the manager with what it may give away."""
    every = {brand.id for brand in list_brands(session)}
    return Manager(
        actor_of(staff),
        maker_of(staff),
        staff.role,
        staff.brand_ids,
        has_all_brands=every <= set(staff.brand_ids),
    )
