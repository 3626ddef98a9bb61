"""Forget Stripe's webhooks when they are old: their bodies name buyers, and no repeat comes then.

Source: docs.stripe.com/webhooks: deliveries are repeated for up to three days, and an event can be
sent again by hand for 30 days.
"""

from datetime import timedelta

from checkout.deps import Deps
from checkout.store.brands import list_makers
from checkout.store.stripe import forget_events
from common.delivery import JobRun, every

KEPT = timedelta(days=35)
BATCH = 1000


@every(24 * 3600, "purge_stripe_events", lease=600)
def purge_stripe_events(deps: Deps, run: JobRun) -> None:
    """Delete them in short transactions, maker by maker."""
    before = deps.now() - KEPT
    with deps.database.transaction() as session:
        makers = list_makers(session)
    for maker_id in makers:
        is_more = True
        while is_more:
            with deps.database.transaction(maker_id) as session:
                is_more = forget_events(session, before=before, at_most=BATCH) == BATCH
