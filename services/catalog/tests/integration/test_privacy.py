"""What catalog holds of a person is told and erased; every column was decided about."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from catalog.deps import Deps
from catalog.store.personal import REGISTER
from common.testing.erasures import AS_REGISTERED, play_erasure, unnamed_columns
from common.testing.persons import make_person
from devstack.servers.postgres import Postgres

from .conftest import MAKER

pytestmark = pytest.mark.integration
NOW = datetime.now(UTC)
ROWS = {
    "inbox": {"processed_at": NOW},
    "outbound_call": {"state": "done", "previous_state": "done"},
}


def database_of(deps: Deps) -> str:
    return str(deps.database.engine.url.database)


def test_every_column_was_decided_about(deps: Deps, postgres: Postgres) -> None:
    with postgres.connect(database_of(deps)) as owner:
        assert unnamed_columns(owner, REGISTER) == set()


def test_a_person_is_told_and_erased(app: Flask, deps: Deps, postgres: Postgres) -> None:
    with postgres.connect(database_of(deps)) as owner:
        played = play_erasure(app, owner, REGISTER, make_person(MAKER), ROWS)
    assert played == AS_REGISTERED
