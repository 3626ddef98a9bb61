"""Which messages and addresses the signed-in staff member may see."""

from uuid import UUID

from flask_babel import gettext as _

from common.errors import Forbidden
from common.sessions import Claims
from common.web.auth import current_staff, demand_write, staff_for
from notifications.deps import deps
from notifications.domain.roles import is_manager
from notifications.store.messages import MessageNotFound, get_message
from notifications.store.models import Message


class OnlyManagers(Forbidden):
    code = "only_managers"


def owners_of(staff: Claims) -> list[UUID]:
    """Return whose messages the person sees: the brands', and the maker's own as a manager."""
    own = [staff.maker_id] if staff.maker_id and is_manager(staff.role) else []
    return [*staff.brand_ids, *own]


def own_message(message_id: UUID) -> Message:
    """Return the message if the person may see it; another's is not there."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        message = get_message(session, message_id)
    if message.owner_id not in owners_of(staff):
        raise MessageNotFound(_("There is no such message."))
    return message


def writer_for(brand_id: UUID | None) -> Claims:
    """Return the person if they may change what is the brand's (None: the maker's)."""
    if brand_id is not None:
        return staff_for(brand_id, write=True)
    staff = current_staff()
    demand_write(staff)
    if not is_manager(staff.role):
        raise OnlyManagers(_("Only owners and admins change the maker's own addresses."))
    return staff
