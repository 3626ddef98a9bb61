"""Throw away what has ended: failed passcodes beyond the window, who was counted and when."""

from datetime import timedelta

from common.delivery import JobRun, every
from links.deps import Deps
from links.domain.throttle import WINDOW
from links.store.attempts import delete_old_failures
from links.store.steps import forget_visitors, list_step_makers

REMEMBERED = timedelta(days=2)


@every(3600, "links.purge")
def purge(deps: Deps, run: JobRun) -> None:
    """Run once an hour somewhere; harmless when run twice."""
    with deps.database.transaction() as session:
        delete_old_failures(session, before=deps.now() - WINDOW)
        makers = list_step_makers(session)
    for maker_id in makers:
        with deps.database.transaction(maker_id) as session:
            forget_visitors(session, before=deps.now() - REMEMBERED)
