"""Once the brand need not keep books of them any more, erased buyers' orders name nobody."""

from datetime import timedelta

from checkout.deps import Deps
from checkout.store.brands import list_makers
from checkout.store.personal_after_term import erase_outlived
from common.delivery import JobRun, every

BATCH = 200
YEAR = timedelta(days=365.25)


@every(24 * 3600, "forget_buyers", lease=600)
def forget_buyers(deps: Deps, run: JobRun) -> None:
    """Go through all makers in short transactions; harmless when run twice."""
    before = deps.now() - deps.settings.order_personal_years * YEAR
    with deps.database.transaction() as session:
        makers = list_makers(session)
    for maker_id in makers:
        is_more = True
        while is_more:
            with deps.database.transaction(maker_id) as session:
                done = erase_outlived(session, maker_id, completed_before=before, at_most=BATCH)
            is_more = done == BATCH
