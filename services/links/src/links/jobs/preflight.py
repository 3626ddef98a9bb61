"""Looks again, about once an hour, at every open link: a catalog closes without the link's doing."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from uuid import UUID

import structlog

from common.delivery import JobRun, every
from common.errors import NotFound, Unavailable
from links.deps import Deps
from links.gateways.brand_facts import read_brand_facts
from links.store.models import Link
from links.store.preflights import list_due_links, list_makers
from links.usecases.check_link import check_links

KEPT = timedelta(hours=1)
BATCH, BATCHES = 200, 10
log = structlog.get_logger()


@every(60, "links.preflight")
def renew_preflights(deps: Deps, run: JobRun) -> None:
    """Each minute, renew what is older than an hour: at most 2,000 links a maker, 200 at a time.

    Where a peer does not answer the findings of before stay, and say how old they are.
    """
    with deps.database.transaction() as session:
        makers = list_makers(session)
    for maker_id in makers:
        for _ in range(BATCHES):
            if not _renew(deps, maker_id):
                break


def _renew(deps: Deps, maker_id: UUID) -> bool:
    """Renew one batch; False when there is no more to do for this maker now."""
    with deps.database.transaction(maker_id) as session:
        due = list_due_links(session, before=deps.now() - KEPT, limit=BATCH)
    by_brand = groupby(sorted(due, key=lambda link: link.brand_id), lambda link: link.brand_id)
    done = [_check(deps, maker_id, brand_id, list(links)) for brand_id, links in by_brand]
    return all(done) and len(due) == BATCH


def _check(deps: Deps, maker_id: UUID, brand_id: UUID, links: Sequence[Link]) -> bool:
    named = {each for link in links for each in link.catalog_ids}
    try:
        facts = read_brand_facts(deps.peers, brand_id, named)
    except (NotFound, Unavailable):
        log.warning("pre-flight not renewed", brand_id=str(brand_id))
        return False
    with deps.database.transaction(maker_id) as session:
        check_links(session, links, facts, now=deps.now())
    return True
