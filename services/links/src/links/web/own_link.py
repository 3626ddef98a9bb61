"""A link that this member may see; another's is not there."""

from uuid import UUID

from common.sessions import Claims
from common.web.auth import current_staff
from links.deps import deps
from links.gateways.peers import Brand, read_brand
from links.store.links import get_own_link
from links.store.models import Link


def own_link(link_id: UUID) -> tuple[Link, Claims, Brand]:
    """Return the link, who asks, and the link's brand. Raises LinkNotFound."""
    link = link_alone(link_id)
    return link, current_staff(), read_brand(deps().peers, link.brand_id)


def link_alone(link_id: UUID) -> Link:
    """Return the link, where nothing is asked of other services. Raises LinkNotFound."""
    staff = current_staff()
    with deps().database.transaction(staff.maker_id) as session:
        return get_own_link(session, link_id, brand_ids=staff.brand_ids)
