"""Throw away what has ended: sessions, choices, failures beyond the window, idle browsers."""

from datetime import timedelta

from common.delivery import JobRun, every
from identity.deps import Deps
from identity.store.brands import list_maker_ids
from identity.store.imports import delete_old_imports
from identity.store.purge import EXPIRING, delete_ended, delete_expired_tokens

IDLE = timedelta(days=400)
FILES_STAY = timedelta(days=30)
"""So long a file of buyers, with its plan and its result, can be looked at."""
TOKENS_STAY = timedelta(days=30)
"""Beyond their end, so that a late click is told that it is late, and a mail is not retried in vain."""
BATCH = 1000


@every(3600, "identity.purge")
def purge(deps: Deps, run: JobRun) -> None:
    """Run once an hour somewhere; harmless when run twice."""
    now = deps.now()
    with deps.database.transaction() as session:
        delete_ended(session, now=now, idle_since=now - IDLE)
        makers = list_maker_ids(session)
    for table in EXPIRING:
        _delete_expired(deps, table)
    for maker_id in makers:
        with deps.database.transaction(maker_id) as session:
            delete_old_imports(session, before=now - FILES_STAY)


def _delete_expired(deps: Deps, table: str) -> None:
    """Delete in short transactions until one finds less than a full batch."""
    is_more = True
    while is_more:
        with deps.database.transaction() as session:
            gone = delete_expired_tokens(
                session, table, before=deps.now() - TOKENS_STAY, at_most=BATCH
            )
        is_more = gone == BATCH
