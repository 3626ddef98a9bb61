"""Pictures beside what is ordered; a page is still worth showing without them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import groupby
from uuid import UUID

import structlog

from checkout.deps import deps
from checkout.domain.pricing import Line
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


def pictures_of(lines: Sequence[Line], *, brand_id: UUID) -> Pictures:
    """Return the pictures of what was ordered."""
    return _read(deps().peers, [line.sku_id for line in lines], brand_id)


def pictured_together(lines: Sequence[Line], pictures: Pictures) -> list[list[Line]]:
    """Return the lines in groups that follow each other: of one product under one picture."""

    def what(line: Line) -> tuple[UUID | None, str, str | None]:
        return line.product_id, line.product_name, pictures.get(line.sku_id)

    return [list(group) for _what, group in groupby(lines, key=what)]


def _read(peers: Peers, sku_ids: Collection[UUID], brand_id: UUID) -> Pictures:
    try:
        return read_pictures(peers, sku_ids, brand_id=brand_id)
    except (NotFound, Unavailable):
        log.warning("pictures not shown")
        return {}
