"""A harmless call to every connected company twice a day: unused tokens end after three days.

Source: developer.next-engine.com/api/refresh_token, which advises a call within every two days.
"""

from uuid import UUID

import structlog

from checkout.deps import Deps
from checkout.domain.next_engine.policy import Policy
from checkout.gateways.next_engine.call import PING, NextEngine, NoAnswer, NotSuccessful
from checkout.jobs.token_keeper import CompanyBusy, RowTokenKeeper
from checkout.store.brands import list_makers
from checkout.store.next_engine import list_connected, stop_company
from common.delivery import JobRun, every

log = structlog.get_logger()

STOPS = {
    Policy.REAUTHORISE: "reauth_required",
    Policy.SUPERSEDED: "reauth_required",
    Policy.SUSPENDED: "paused",
}


@every(12 * 3600, "next_engine_keep_alive", lease=600)
def keep_tokens_alive(deps: Deps, run: JobRun) -> None:
    """Call for each company once; one that needs a person is stopped and says so on its page."""
    with deps.database.transaction() as session:
        makers = list_makers(session)
    for maker_id in makers:
        with deps.database.transaction(maker_id) as session:
            connections = list_connected(session)
        for connection_id in connections:
            _ping(deps, maker_id, connection_id)


def _ping(deps: Deps, maker_id: UUID, connection_id: UUID) -> None:
    keeper = RowTokenKeeper(
        deps.database, deps.cipher, maker_id=maker_id, connection_id=connection_id
    )
    engine = NextEngine(
        api_url=deps.settings.next_engine_api_url, keeper=keeper, http=deps.next_engine_http
    )
    try:
        engine.call(PING, {}, now=deps.now())
    except NotSuccessful as refusal:
        state = STOPS.get(refusal.policy)
        if state is not None:
            with deps.database.transaction(maker_id) as session:
                words = f"{refusal.code} {refusal.words}".strip()
                stop_company(session, connection_id, state=state, words=words)
    except (CompanyBusy, NoAnswer):
        log.info("next engine was not reached", connection_id=str(connection_id))
