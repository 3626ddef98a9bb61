"""Large files of products: their models are applied here, some at a time, until all are done."""

from uuid import UUID

import structlog

from catalog.deps import Deps
from catalog.gateways.identity import read_brand
from catalog.store.brands import list_brands
from catalog.store.product_imports import get_import, list_confirmed
from catalog.usecases.apply_import import apply_import
from catalog.usecases.describe_offer import offer_of
from common.delivery.jobs import JobRun, every
from common.errors import Refusal

log = structlog.get_logger()
CHUNKS_PER_RUN = 15
"""Then others have their turn; the next run goes on."""


@every(2, "apply_product_imports")
def apply_product_imports(deps: Deps, run: JobRun) -> None:
    """Go on with every confirmed import. Harmless when run twice: the import's row is locked."""
    with deps.database.transaction() as session:
        makers = {brand.maker_id: {brand.brand_id} for brand in list_brands(session)}
        for brand in list_brands(session):
            makers[brand.maker_id].add(brand.brand_id)
    for maker_id, brand_ids in makers.items():
        with deps.database.transaction(maker_id) as session:
            waiting = [
                get_import(session, each, brand_ids=brand_ids) for each in list_confirmed(session)
            ]
        for found in waiting:
            go_on(deps, maker_id, found.id, found.brand_id, chunks=CHUNKS_PER_RUN)


def go_on(deps: Deps, maker_id: UUID, import_id: UUID, brand_id: UUID, *, chunks: int) -> None:
    """Apply so many chunks, a transaction each, so that others see how far it is."""
    try:
        brand = read_brand(deps.peers, brand_id)
    except Refusal as away:
        log.warning("import waits", code=away.code)
        return
    for _ in range(chunks):
        with deps.database.transaction(maker_id) as session:
            offer = offer_of(session, brand, brand_id)
            if not apply_import(session, import_id, offer=offer, now=deps.now()):
                return
