"""Forget order sheets after a month: they say what a buyer wanted, and the cart has it long since."""

from datetime import timedelta

from catalog.deps import Deps
from catalog.store.brands import list_brands
from catalog.store.order_sheets import forget_sheets
from common.delivery.jobs import JobRun, every

KEPT = timedelta(days=30)
BATCH = 200


@every(24 * 3600, "purge_order_sheets", lease=600)
def purge_order_sheets(deps: Deps, run: JobRun) -> None:
    """Delete them in short transactions, maker by maker."""
    before = deps.now() - KEPT
    with deps.database.transaction() as session:
        makers = {brand.maker_id for brand in list_brands(session)}
    for maker_id in sorted(makers):
        is_more = True
        while is_more:
            with deps.database.transaction(maker_id) as session:
                is_more = forget_sheets(session, before=before, at_most=BATCH) == BATCH
