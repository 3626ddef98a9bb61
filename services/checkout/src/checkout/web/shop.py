"""What the buyer's frame shows around a cart or checkout."""

from typing import Any

from checkout.domain.terms import Brand
from common.web.buyer import Visit


def shop_of(visit: Visit, brand: Brand, *, units: int) -> dict[str, Any]:
    """Return the layout's `shop`: brand, way back, cart, who is ordering."""
    return {
        "brand_name": brand.name,
        "home_url": f"/shop/{visit.token}",
        "catalogs": [],
        "cart_url": f"/cart/{visit.token}",
        "cart_units": units,
        "buyer_name": visit.claims.display_name,
        "sign_out_url": f"/signin/{visit.token}/sign-out",
        "clear_url": f"/signin/{visit.token}/clearing",
        "contacts": visit.link.get("contacts", []),
    }
