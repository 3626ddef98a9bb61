"""What notifications holds of a person is told and erased; every column was decided about."""

from datetime import UTC, datetime

import pytest

from common.testing import app_on
from common.testing.erasures import AS_REGISTERED, play_erasure, unnamed_columns
from common.testing.persons import EMAIL, make_person
from devstack.servers.postgres import Postgres
from notifications.app import create_app
from notifications.deps import Deps
from notifications.store.personal import REGISTER

from .conftest import MAKER

pytestmark = pytest.mark.integration
NOW = datetime.now(UTC)
ROWS = {
    "messages": {"state": "done"},
    "Mails to the person": {"recipient": EMAIL, "kind": "claim"},
    "Mails to the other addresses of the person's buyers": {"kind": "order_completed_buyer"},
    "Mails to others about the person's orders": {"kind": "order_completed_brand"},
    "recipients": {"email": EMAIL},
    "webhook_deliveries": {"state": "done", "reason": "event"},
    "inbox": {"processed_at": NOW},
    "outbound_call": {"state": "done", "previous_state": "done"},
}


def database_of(deps: Deps) -> str:
    return str(deps.database.engine.url.database)


def test_every_column_was_decided_about(deps: Deps, postgres: Postgres) -> None:
    with postgres.connect(database_of(deps)) as owner:
        assert unnamed_columns(owner, REGISTER) == set()


def test_a_person_is_told_and_erased(deps: Deps, postgres: Postgres) -> None:
    with postgres.connect(database_of(deps)) as owner:
        played = play_erasure(app_on(create_app, deps), owner, REGISTER, make_person(MAKER), ROWS)
    assert played == AS_REGISTERED
