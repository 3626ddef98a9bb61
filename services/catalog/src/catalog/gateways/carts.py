"""The buyer's cart, which checkout keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from common.peers import Peers


@dataclass(frozen=True, kw_only=True)
class CartOf:
    """Whose cart is meant: a buyer's on a link or, without one, of a catalog (R88)."""

    maker_id: UUID
    brand_id: UUID
    buyer_id: UUID
    link_id: UUID | None
    catalog_id: UUID | None

    def as_json(self) -> dict[str, str | None]:
        return {
            "maker_id": str(self.maker_id),
            "brand_id": str(self.brand_id),
            "buyer_id": str(self.buyer_id),
            "link_id": str(self.link_id) if self.link_id else None,
            "catalog_id": str(self.catalog_id) if self.catalog_id else None,
        }


def read_quantities(peers: Peers, cart: CartOf, *, catalog_id: UUID) -> dict[UUID, int]:
    """Return what the cart holds of the catalog now, by SKU. Raises Unavailable."""
    answer = peers.ask("checkout", "carts/read", cart.as_json(), fresh=True)
    return {
        UUID(line["sku_id"]): line["quantity"]
        for line in answer["lines"]
        if line["catalog_id"] == str(catalog_id)
    }


def write_quantities(
    peers: Peers, cart: CartOf, wanted: Sequence[tuple[UUID, int]], *, catalog_id: UUID
) -> dict[UUID, int]:
    """Set these SKUs' quantities in one request; return what each was before. Raises Unavailable.

    A lost answer is asked for once more: the same quantities again change nothing.
    """
    if not wanted:
        return {}
    lines = [
        {"catalog_id": str(catalog_id), "sku_id": str(sku_id), "quantity": quantity}
        for sku_id, quantity in wanted
    ]
    answer = peers.ask("checkout", "carts/write", cart.as_json() | {"lines": lines}, fresh=True)
    return {UUID(line["sku_id"]): line["before"] for line in answer["lines"]}
