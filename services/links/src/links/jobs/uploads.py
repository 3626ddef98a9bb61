"""Throw away files that no link shows: uploaded while a form was filled in, and then not saved."""

from datetime import timedelta
from uuid import UUID

from common.delivery import JobRun, every
from links.deps import Deps
from links.domain.files import keys_of
from links.store.uploads import delete_uploads, list_going, list_makers, mark_unused

KEPT_UNUSED = timedelta(days=1)


@every(3600, "links.uploads")
def sweep_uploads(deps: Deps, run: JobRun) -> None:
    """Run once an hour somewhere; harmless when run twice.

    First the rows are marked, so that no link begins to show them, then the files go, then the
    rows: whatever stops it, the next run goes on.
    """
    with deps.database.transaction() as session:
        makers = list_makers(session)
    for maker_id in makers:
        _sweep(deps, maker_id)


def _sweep(deps: Deps, maker_id: UUID) -> None:
    with deps.database.transaction(maker_id) as session:
        mark_unused(session, before=deps.now() - KEPT_UNUSED)
    with deps.database.transaction(maker_id) as session:
        going = list_going(session)
    for upload in going:
        deps.storage.remove(*keys_of(upload.id, upload.content_type))
    with deps.database.transaction(maker_id) as session:
        delete_uploads(session, [upload.id for upload in going])
