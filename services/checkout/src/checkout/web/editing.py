"""Who changes something here, for the use cases and their audit log."""

from uuid import UUID

from checkout.deps import deps
from common.audit import Editor
from common.errors import Unauthorized
from common.sessions import Claims
from common.web.actors import actor_of
from common.web.auth import current_staff, demand_write, staff_for


def current_editor() -> Editor:
    """Return who may change things. Raises Unauthorized, NoWritePermission."""
    staff = current_staff()
    demand_write(staff)
    return editor_of(staff)


def editor_for(brand_id: UUID) -> Editor:
    """Return who may change this brand. Another's brand is not there."""
    return editor_of(staff_for(brand_id, write=True))


def maker_of(staff: Claims) -> UUID:
    """Return the maker of who asks; staff always has one."""
    if staff.maker_id is None:
        raise Unauthorized
    return staff.maker_id


def editor_of(staff: Claims) -> Editor:
    return Editor(actor_of(staff), staff.brand_ids, deps().now())
