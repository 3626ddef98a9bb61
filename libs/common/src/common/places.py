"""Where a buyer's shop, cart and checkout are: on a link, or in a Standard Order (R88).

`<buyer>` or `<buyer>/<catalog>` stands where a link's token stands, so the very same pages answer
both.
"""

import re
from dataclasses import dataclass
from uuid import UUID

ONE = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
TOKEN = re.compile(rf"({ONE})(?:/({ONE}))?")
"""Longer than a link's token or a preview's, so that they never meet."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a Standard Order is made; `catalog_id` is None among all catalogs of the brand."""

    buyer_id: UUID
    catalog_id: UUID | None = None

    @property
    def token(self) -> str:
        return f"{self.buyer_id}/{self.catalog_id}" if self.catalog_id else str(self.buyer_id)


def place_of(token: str) -> Place | None:
    """Return the place that a token names, None for a link's token."""
    found = TOKEN.fullmatch(token)
    if found is None:
        return None
    return Place(UUID(found[1]), UUID(found[2]) if found[2] else None)


def way(page: str, token: str) -> str:
    """Return where a buyer's `shop`, `cart` or `checkout` is, of a link or of a Standard Order."""
    place = place_of(token)
    if place is None:
        return f"/{page}/{token}"
    return f"/app/{page}/{place.buyer_id if page == 'shop' else token}"


def ways_out(token: str) -> dict[str, str | None]:
    """Return where somebody leaves: a link's sign-in ends here, a user's in its account."""
    if place_of(token) is not None:
        return {"sign_out_url": None, "clear_url": None, "app_url": "/app"}
    signing = f"/signin/{token}"
    return {
        "sign_out_url": f"{signing}/sign-out",
        "clear_url": f"{signing}/clearing",
        "app_url": None,
    }
