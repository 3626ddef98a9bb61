"""A link that this member may see; another's is not there."""

from uuid import UUID

from flask_babel import gettext as _

from common.sessions import Claims
from common.web.auth import current_staff
from links.deps import deps
from links.gateways.peers import Brand, read_brand
from links.store.links import LinkNotFound, get_link
from links.store.models import Link


def own_link(link_id: UUID) -> tuple[Link, Claims, Brand]:
    """Return the link, who asks, and the link's brand. Raises LinkNotFound."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        link = get_link(session, link_id)
    if link.brand_id not in staff.brand_ids:
        raise LinkNotFound(_("There is no such link."))
    return link, staff, read_brand(deps().peers, link.brand_id)
