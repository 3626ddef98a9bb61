"""Who may call a company at NEXT ENGINE: one at a time, and nobody waits long for the dead."""

import time
from collections.abc import Callable
from threading import Event, Thread
from uuid import UUID

import pytest
from sqlalchemy import text

from checkout.deps import Deps
from checkout.jobs import token_keeper
from checkout.jobs.token_keeper import LEASE_SECONDS, CompanyBusy, RowTokenKeeper
from checkout.store.next_engine import put_company
from checkout.store.next_engine_tokens import take_lease
from common.clock import utc_now

from .conftest import World

LATE = "update next_engine_connections set lease_until = lease_until - interval '{} seconds'"


@pytest.fixture
def connection_id(deps: Deps, world: World) -> UUID:
    with deps.database.transaction(world.maker_id) as session:
        return put_company(
            session,
            maker_id=world.maker_id,
            company_id="C_1",
            company_name="NORD",
            access_token=b"",
            refresh_token=b"",
            access_ends_at=utc_now(),
            refresh_ends_at=utc_now(),
        )


@pytest.fixture
def make_keeper(
    deps: Deps, world: World, connection_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], RowTokenKeeper]:
    """Give a function that makes a caller; none of them waits long for another."""
    monkeypatch.setattr(token_keeper, "PATIENCE_SECONDS", 0.1)

    def make() -> RowTokenKeeper:
        return RowTokenKeeper(
            deps.database, deps.cipher, maker_id=world.maker_id, connection_id=connection_id
        )

    return make


def test_a_long_call_keeps_the_company_to_itself(
    make_keeper: Callable[[], RowTokenKeeper], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(token_keeper, "LEASE_SECONDS", 1.5)
    monkeypatch.setattr(token_keeper, "RENEWED_AFTER", 0.2)
    has_begun, may_end = Event(), Event()

    def call_for_long() -> None:
        with make_keeper().alone():
            has_begun.set()
            may_end.wait(30)

    caller = Thread(target=call_for_long)
    caller.start()
    assert has_begun.wait(30)
    time.sleep(2.5)
    with pytest.raises(CompanyBusy), make_keeper().alone():
        pass
    may_end.set()
    caller.join()
    with make_keeper().alone():
        pass


def test_whoever_was_killed_in_a_call_keeps_the_company_for_seconds(
    deps: Deps, world: World, connection_id: UUID, make_keeper: Callable[[], RowTokenKeeper]
) -> None:
    with deps.database.transaction(world.maker_id) as session:
        assert take_lease(session, connection_id, seconds=LEASE_SECONDS)
    with pytest.raises(CompanyBusy), make_keeper().alone():
        pass
    assert LEASE_SECONDS <= 20
    with deps.database.transaction(world.maker_id) as session:
        session.execute(text(LATE.format(LEASE_SECONDS)))
    with make_keeper().alone():
        pass
