"""What links holds of a person is told and erased; every column was decided about."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from common.testing.persons import AS_REGISTERED, EMAIL, make_person, play_erasure, unnamed_columns
from devstack.databases import ServiceDatabase
from devstack.servers.postgres import Postgres
from links.store.personal import REGISTER

from .conftest import MAKER

pytestmark = pytest.mark.integration
ROWS = {
    "links": {"contacts": [{"name": "Aya", "email": EMAIL}], "status": "open"},
    "link_preflights": {"warnings": 0, "blocks": 0},
    "inbox": {"processed_at": datetime.now(UTC)},
    "outbound_call": {"state": "done", "previous_state": "done"},
}


def test_every_column_was_decided_about(store: ServiceDatabase, postgres: Postgres) -> None:
    with postgres.connect(store.name) as owner:
        assert unnamed_columns(owner, REGISTER) == set()


def test_a_person_is_told_and_erased(
    app: Flask, store: ServiceDatabase, postgres: Postgres
) -> None:
    with postgres.connect(store.name) as owner:
        played = play_erasure(app, owner, REGISTER, make_person(MAKER), ROWS)
    # The brand's own contact stays on its link.
    assert played == {**AS_REGISTERED, "mentions": 1}
