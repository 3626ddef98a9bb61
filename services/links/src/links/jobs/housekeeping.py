"""Throw away what has ended: failed passcodes beyond the window."""

from common.delivery import JobRun, every
from links.deps import Deps
from links.domain.throttle import WINDOW
from links.store.attempts import delete_old_failures


@every(3600, "links.purge")
def purge(deps: Deps, run: JobRun) -> None:
    """Run once an hour somewhere; harmless when run twice."""
    with deps.database.transaction() as session:
        delete_old_failures(session, before=deps.now() - WINDOW)
