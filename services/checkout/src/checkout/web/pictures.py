"""Pictures beside what is ordered; a page is still worth showing without them."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from checkout.deps import deps
from checkout.domain.quote import OrderQuote
from checkout.gateways.catalog import read_pictures
from common.errors import Refusal

Pictures = Mapping[UUID, str]
"""SKU → the address of its picture."""


def ask_pictures(sku_ids: Iterable[UUID], *, brand_id: UUID) -> Callable[[], Pictures]:
    """Begin to ask for them; something else may be done meanwhile."""
    peers, asked = deps().peers, list(sku_ids)

    def ask() -> Pictures:
        try:
            return read_pictures(peers, asked, brand_id=brand_id)
        except Refusal:
            return {}

    return peers.ahead(ask)


def pictures_of(*quotes: OrderQuote, brand_id: UUID) -> Pictures:
    """Return the pictures of what was ordered."""
    lines = [line.sku_id for quote in quotes for line in quote.lines]
    return ask_pictures(lines, brand_id=brand_id)()
