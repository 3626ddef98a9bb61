"""Forget pictures that nothing has shown for a month: a form left open may still bring one back."""

from datetime import timedelta
from uuid import UUID

from catalog.deps import Deps
from catalog.store.brands import list_brands
from catalog.store.pictures import WIDTHS, name_of
from catalog.store.unshown_pictures import forget_pictures, let_go, list_going, mark_unshown
from common.delivery.jobs import JobRun, every

GRACE = timedelta(days=30)
BATCH = 200


@every(24 * 3600, "purge_pictures", lease=600)
def purge_pictures(deps: Deps, run: JobRun) -> None:
    """Go through all makers; harmless when run twice or cut short anywhere."""
    with deps.database.transaction() as session:
        makers = {brand.maker_id for brand in list_brands(session)}
    for maker_id in sorted(makers):
        now = deps.now()
        with deps.database.transaction(maker_id) as session:
            mark_unshown(session, now=now)
        while _forget_some(deps, maker_id):
            pass


def _forget_some(deps: Deps, maker_id: UUID) -> bool:
    """Remove a batch; return whether there is more. Files go between two transactions (K12)."""
    with deps.database.transaction(maker_id) as session:
        let_go(session, unshown_before=deps.now() - GRACE, at_most=BATCH)
        keys = list_going(session, at_most=BATCH)
    deps.storage.remove(*(name_of(key, width) for key in keys for width in WIDTHS))
    with deps.database.transaction(maker_id) as session:
        forget_pictures(session, keys)
    return len(keys) == BATCH
