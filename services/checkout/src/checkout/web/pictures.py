"""Pictures beside what is ordered; a page is still worth showing without them."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

import structlog

from checkout.deps import deps
from checkout.domain.quote import OrderQuote
from checkout.gateways.catalog import read_pictures
from common.errors import NotFound, Unavailable
from common.peers import Peers

log = structlog.get_logger()

Pictures = Mapping[UUID, str]
"""SKU → the address of its picture."""


def ask_pictures(sku_ids: Collection[UUID], *, brand_id: UUID) -> Callable[[], Pictures]:
    """Begin to ask for them; something else may be done meanwhile."""
    peers = deps().peers
    return peers.ahead(lambda: _read(peers, sku_ids, brand_id))


def pictures_of(*quotes: OrderQuote, brand_id: UUID) -> Pictures:
    """Return the pictures of what was ordered."""
    return _read(deps().peers, [line.sku_id for quote in quotes for line in quote.lines], brand_id)


def _read(peers: Peers, sku_ids: Collection[UUID], brand_id: UUID) -> Pictures:
    try:
        return read_pictures(peers, sku_ids, brand_id=brand_id)
    except (NotFound, Unavailable):
        log.warning("pictures not shown")
        return {}
