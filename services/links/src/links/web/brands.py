"""Which brand a staff page is about."""

from uuid import UUID

from flask import request
from flask_babel import gettext as _

from common.errors import NotFound
from common.sessions import Claims
from common.web.auth import staff_for
from links.deps import deps
from links.gateways.peers import Brand, read_brand


def brands_of(staff: Claims) -> list[Brand]:
    """Return the brands that this member may see."""
    return [read_brand(deps().peers, brand_id) for brand_id in staff.brand_ids]


def chosen_brand(staff: Claims) -> Brand:
    """Return the brand that the address or the form names, else the first. Raises NotFound."""
    asked = request.values.get("brand")
    try:
        brand_id = UUID(asked) if asked else staff.brand_ids[0]
    except (ValueError, IndexError) as wrong:
        raise NotFound(_("There is no such brand.")) from wrong
    staff_for(brand_id, write=True)
    return read_brand(deps().peers, brand_id)


def maker_of(staff: Claims) -> UUID:
    """Return the maker that the member works for. Raises NotFound."""
    if staff.maker_id is None:
        raise NotFound(_("There is no such brand."))
    return staff.maker_id
