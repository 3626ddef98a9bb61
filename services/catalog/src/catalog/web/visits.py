"""Who is in the shop: a buyer on a link, or a user among all of a brand's catalogs (R88)."""

from catalog.deps import deps
from catalog.store.catalogs import list_open_ids
from common.places import place_of
from common.web.buyer import Visit, current_visit
from common.web.standard_order import customer_of, standard_visit


def visit_of(token: str) -> Visit:
    """Return the visit that `token` names: a link's, a preview's, or a connected buyer's own.

    Raises as common.web.buyer.current_visit does; for a Standard Order Unauthorized, NotYourBuyer.
    """
    place = place_of(token)
    if place is None:
        return current_visit(token)
    customer = customer_of(place)
    with deps().database.transaction(customer.maker_id) as session:
        ids = list_open_ids(session, brand_id=customer.brand_id, now=deps().now())
    return standard_visit(place, customer, catalog_ids=ids, settings={})
