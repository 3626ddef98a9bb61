"""Who is at a cart or checkout: a buyer on a link, or a user in a Standard Order (R88)."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from checkout.deps import deps
from checkout.gateways.catalog import find_settings
from checkout.gateways.links import resolve_link
from common.errors import NotFound
from common.places import place_of
from common.sessions import Claims
from common.web.auth import current_user, read_buyer
from common.web.buyer import BackToGate, Visit, current_visit
from common.web.standard_order import customer_of, standard_visit


class CatalogGone(NotFound):
    code = "catalog_not_found"
    rule = "R78"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who may look at what was ordered there, also when the link or the catalog is over."""

    maker_id: UUID
    brand_id: UUID
    claims: Claims


def visit_of(token: str, *, fresh: bool = False) -> Visit:
    """Return the visit that `token` names: a link's, a preview's, or `<buyer>/<catalog>`.

    Raises as common.web.buyer.current_visit does; for a Standard Order Unauthorized, NotYourBuyer,
    CatalogGone.
    """
    place = place_of(token)
    if place is None or place.catalog_id is None:
        return current_visit(token, fresh=fresh)
    customer = customer_of(place, fresh=fresh)
    own = find_settings(
        deps().peers,
        place.catalog_id,
        brand_id=customer.brand_id,
        buyer_id=place.buyer_id,
        fresh=fresh,
    )
    if own is None:
        raise CatalogGone(_("This catalog is not there any more."))
    # Its shipping needs no word here: without any row above, the catalog's own are in force (D4).
    settings = {"address_shown": own.address_shown, "payment_methods": own.payment_methods}
    return standard_visit(place, customer, catalog_ids=[place.catalog_id], settings=settings)


def reader_of(token: str) -> Reader:
    """Return who reads a receipt there. Raises BackToGate, Unauthorized, NotYourBuyer."""
    place = place_of(token)
    if place is not None:
        customer = customer_of(place)
        return Reader(customer.maker_id, customer.brand_id, customer.claims)
    link = resolve_link(deps().peers, token)
    claims = read_buyer(link.link_id) if link.link_id else None
    if claims is None:
        raise BackToGate(token)
    return Reader(link.maker_id, link.brand_id, claims)


def payer_of(token: str, link_id: UUID | None) -> Claims:
    """Return who looks at a payment; its link may be void or gone. Raises as reader_of does."""
    if link_id is None:
        return current_user()
    claims = read_buyer(link_id)
    if claims is None:
        raise BackToGate(token)
    return claims
