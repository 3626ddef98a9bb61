"""Old webhooks are forgotten, young ones keep repeats out."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from checkout.deps import Deps
from checkout.jobs.purge_webhooks import KEPT, purge_stripe_events
from checkout.store.brands import enter_brand
from checkout.store.models import StripeEvent
from common.clock import utc_now
from common.delivery import JobRun

from ..conftest import World


def test_only_webhooks_older_than_any_repeat_are_forgotten(
    deps: Deps, world: World, session: Session
) -> None:
    with deps.database.transaction(world.maker_id) as own:
        enter_brand(own, brand_id=world.brand_id, maker_id=world.maker_id)
        for name in ("evt_old", "evt_young"):
            event = StripeEvent(
                id=name,
                maker_id=world.maker_id,
                account_id="acct_1",
                type="account.updated",
                payment_id=None,
                body="{}",
            )
            own.add(event)
        own.flush()
        long_ago = utc_now() - KEPT - timedelta(minutes=1)
        old = update(StripeEvent).where(StripeEvent.id == "evt_old")
        own.execute(old.values(received_at=long_ago))
    purge_stripe_events(deps, JobRun("purge_stripe_events", 1))
    assert list(session.scalars(select(StripeEvent.id))) == ["evt_young"]
