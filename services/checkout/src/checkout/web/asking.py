"""The questions that a cart or a checkout asks before it opens its transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from checkout.deps import deps
from checkout.domain.attempt import ViewOnly
from checkout.domain.line_wish import with_wishes
from checkout.domain.pricing import PricedCatalog, Wish
from checkout.domain.shipping import ShippingRow
from checkout.domain.terms import Brand, Buyer, LinkTerms
from checkout.gateways.catalog import price_lines
from checkout.gateways.identity import read_buyer, read_customer
from checkout.gateways.links import link_terms
from common.web.buyer import Visit

AskedCustomer = Callable[[], tuple[Buyer, Brand]]
"""Waits for the answer to a question that is on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the other services said, at most 2 s ago or (placing) just now."""

    link: LinkTerms
    buyer: Buyer
    brand: Brand
    priced: tuple[PricedCatalog, ...]
    catalog_rows: dict[UUID, tuple[ShippingRow, ...]]


def ask_customer(visit: Visit) -> AskedCustomer:
    """Begin to ask afresh who buys from whom; something else may be done meanwhile."""
    peers, buyer_id, brand_id = deps().peers, visit.buyer_id, visit.brand_id
    return peers.ahead(lambda: read_customer(peers, buyer_id, brand_id=brand_id, fresh=True))


def ask_all(
    visit: Visit,
    wishes: Iterable[Wish],
    *,
    fresh: bool = False,
    customer: AskedCustomer | None = None,
) -> Answers:
    """Return everything that judging a checkout needs; `fresh` for placing (D21).

    `customer`: asked ahead.
    """
    link = orderable_link(visit)
    peers = deps().peers
    buyer, brand = (
        customer()
        if customer
        else read_customer(peers, visit.buyer_id, brand_id=link.brand_id, fresh=fresh)
    )
    asked = [wish for wish in wishes if wish.catalog_id in link.catalog_ids]
    priced, catalog_rows = price_lines(
        peers,
        asked,
        brand_id=link.brand_id,
        buyer_id=visit.buyer_id,
        terms=buyer.terms,
        fresh=fresh,
    )
    return Answers(
        link=link,
        buyer=buyer,
        brand=brand,
        priced=with_wishes(priced, asked, today=today_of(brand)),
        catalog_rows=catalog_rows,
    )


def ask_prices(visit: Visit, wishes: Iterable[Wish]) -> tuple[tuple[PricedCatalog, ...], str]:
    """Return the lines priced, at most 2 s old, and the buyer's currency: all that a cell needs."""
    link, peers = orderable_link(visit), deps().peers
    buyer = read_buyer(peers, visit.buyer_id, brand_id=link.brand_id)
    asked = [wish for wish in wishes if wish.catalog_id in link.catalog_ids]
    priced, _rows = price_lines(
        peers, asked, brand_id=link.brand_id, buyer_id=visit.buyer_id, terms=buyer.terms
    )
    return priced, buyer.terms.currency


def today_of(brand: Brand) -> date:
    """Return the day it is now where the brand is (D2)."""
    return deps().now().astimezone(ZoneInfo(brand.time_zone)).date()


def orderable_link(visit: Visit) -> LinkTerms:
    """Return the visited link's settings. Raises ViewOnly for one that takes no orders (R95)."""
    link = link_terms(visit.link)
    if link.view_only:
        raise ViewOnly(_("This link is for looking only; it takes no orders."))
    return link
