"""What checkout holds of a person is told and erased; every column was decided about."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask

from checkout.deps import Deps
from checkout.store.personal import REGISTER
from common.ids import new_id
from common.testing.erasures import AS_REGISTERED, play_erasure, unnamed_columns
from common.testing.persons import EMAIL, make_person
from devstack.servers.postgres import Postgres

MAKER = UUID("01930000-0000-7000-8000-000000000001")
PERSON = make_person(MAKER)
BUYER, USER, ORDER = PERSON.buyer_ids[0], PERSON.user_ids[0], PERSON.order_ids[0]
CART, ATTEMPT = new_id(), new_id()
pytestmark = pytest.mark.integration
NOW = datetime.now(UTC)
GROUND = (
    "insert into carts (maker_id, id, brand_id, buyer_id, link_id, version)"
    " values (%(maker)s, %(cart)s, %(cart)s, %(buyer)s, %(cart)s, 1)",
    "insert into checkout_attempts (maker_id, id, brand_id, buyer_id, session_id, cart_id,"
    " cart_version, quote_hash, content_hash, state, answer, fencing) values"
    " (%(maker)s, %(attempt)s, %(cart)s, %(buyer)s, %(cart)s, %(cart)s, 1, 'x', 'x', 'placed', '{}', 1)",
)
IDS = {"maker": MAKER, "cart": CART, "attempt": ATTEMPT, "buyer": BUYER}
ROWS = {
    "orders": {"id": ORDER, "checkout_attempt_id": ATTEMPT, "buyer_kind": "offline"},
    "payments": {"id": ATTEMPT, "cart_id": CART, "state": "expired"},
    "stripe_events": {"payment_id": ATTEMPT},
    "next_engine_slips": {"state": "done"},
    "cart_lines": {"cart_id": CART},
    "quotes": {"cart_id": CART},
    "audit_entries": {"actor_kind": "staff"},
    "Entries of the audit log about the person": {"subject_id": BUYER},
    "Entries of the audit log about the person's orders": {"subject_id": ORDER},
    "Other entries of the audit log that quote the person's address": {
        "before": {"login_email": EMAIL},
        "after": {"kind": "offline"},
    },
    "Entries of the audit log about what the person did": {"actor_id": USER},
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
        for statement in GROUND:
            owner.execute(statement, IDS)
        played = play_erasure(app, owner, REGISTER, PERSON, ROWS)
    assert played == AS_REGISTERED
