"""Large files of buyers: their rows are applied here, some at a time, until all are done."""

from uuid import UUID

from common.delivery import JobRun, every
from identity.deps import Deps
from identity.store.brands import list_maker_ids
from identity.store.imports import list_confirmed
from identity.usecases.apply_import import apply_import

CHUNKS_PER_RUN = 20
"""Then others have their turn; the next run goes on."""


@every(3, "identity.apply_imports")
def apply_imports(deps: Deps, run: JobRun) -> None:
    """Go on with every confirmed import. Harmless when run twice: the import's row is locked."""
    with deps.database.transaction() as session:
        makers = list_maker_ids(session)
    for maker_id in makers:
        with deps.database.transaction(maker_id) as session:
            waiting = [(found.id, found.brand_id) for found in list_confirmed(session)]
        for import_id, brand_id in waiting:
            _go_on(deps, maker_id, import_id, brand_id)


def _go_on(deps: Deps, maker_id: UUID, import_id: UUID, brand_id: UUID) -> None:
    for _ in range(CHUNKS_PER_RUN):
        with deps.database.transaction(maker_id) as session:
            has_more, dead = apply_import(session, import_id, brand_ids=[brand_id], now=deps.now())
        deps.copies.bury(dead)
        if not has_more:
            return
