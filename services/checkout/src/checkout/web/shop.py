"""What the buyer's frame shows around a cart or checkout."""

from typing import Any

from checkout.domain.terms import Brand
from common.places import way, ways_out
from common.web.buyer import Visit


def shop_of(visit: Visit, brand: Brand, *, units: int | None) -> dict[str, Any]:
    """Return the layout's `shop`: brand, way back, cart, who is ordering.

    `units` None: without a cart.
    """
    return {
        "brand_name": brand.name,
        "home_url": way("shop", visit.token),
        "catalogs": [],
        "cart_url": None if units is None else way("cart", visit.token),
        "cart_units": units,
        "buyer_name": visit.claims.display_name,
        **ways_out(visit.token),
        "contacts": visit.link.get("contacts", []),
    }
