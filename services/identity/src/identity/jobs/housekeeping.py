"""Throw away what has ended: sessions, choices, failures beyond the window, idle browsers."""

from datetime import timedelta

from common.delivery import JobRun, every
from identity.deps import Deps
from identity.store.purge import delete_ended

IDLE = timedelta(days=400)


@every(3600, "identity.purge")
def purge(deps: Deps, run: JobRun) -> None:
    """Run once an hour somewhere; harmless when run twice."""
    now = deps.now()
    with deps.database.transaction() as session:
        delete_ended(session, now=now, idle_since=now - IDLE)
