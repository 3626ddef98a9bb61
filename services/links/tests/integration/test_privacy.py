"""What links holds of a person is told and erased; every column was decided about."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from psycopg.types.json import Jsonb

from common.ids import new_id
from common.privacy import Person
from common.testing.erasures import (
    AS_REGISTERED,
    ASKED,
    ask_about,
    ask_privacy,
    everything,
    play_erasure,
    unnamed_columns,
)
from common.testing.peers import sample
from common.testing.persons import EMAIL, Planter, make_person
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


UNDELIVERED = """
with made as (
  insert into outbox_event (id, name, aggregate_id, aggregate_seq, envelope)
  values (gen_random_uuid(), 'links.x.v1', gen_random_uuid(), 1, %s) returning id)
insert into outbox_delivery (event_id, subscriber, size) select id, 'checkout', 2 from made"""


def test_nothing_is_erased_while_facts_are_under_way(
    app: Flask, store: ServiceDatabase, postgres: Postgres
) -> None:
    person = make_person(MAKER)
    about = {"payload": {"buyer_id": str(person.buyer_ids[0]), "recipient_masked": "c***"}}
    with postgres.connect(store.name) as owner:
        owner.execute(UNDELIVERED, (Jsonb(about),))
        before = everything(owner)
        for is_trial in (True, False):
            answer = ask_privacy(app, "links", "erase", person, dry_run=is_trial, **ASKED)
            assert "1 events about the person are not handled yet" in answer["blocked_by"][0]
        assert everything(owner) == before
        owner.execute("update outbox_delivery set state = 'acked'")
        answer = ask_privacy(app, "links", "erase", person, dry_run=False, **ASKED)
        assert (answer["blocked_by"], answer["parts"][0]["table"]) == ([], "outbox_event")
        assert "c***" not in everything(owner)


def test_another_maker_s_part_stays_when_one_asks(
    app: Flask, store: ServiceDatabase, postgres: Postgres
) -> None:
    other = new_id()
    part = make_person(MAKER, is_whole=False, user_ids=(), organisation_ids=())
    with postgres.connect(store.name) as owner:
        Planter(owner, part, rows=ROWS).plant(REGISTER)
        for table in ("link_preflights", "outbound_call"):
            owner.execute(f"update {table} set maker_id = %s", (other,))  # noqa: S608
        ask_privacy(app, "links", "erase", part, dry_run=False, **ASKED)
        assert owner.execute("select findings::text ilike %s from link_preflights", (f"%{EMAIL}%",)).fetchone() == (True,)  # fmt: skip
        assert owner.execute("select note from outbound_call").fetchone() == (f"told {EMAIL}",)


@pytest.mark.parametrize("question", ["export", "erase"])
def test_only_identity_asks(app: Flask, question: str) -> None:
    answer = ask_privacy(app, "links", question, make_person(MAKER), caller="checkout", dry_run=False, **ASKED)  # fmt: skip
    assert answer["status"] == 403


@pytest.mark.parametrize("question", ["export", "erase"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"emails": []},
        {"emails": EMAIL},
        {"buyer_ids": ["nobody"]},
        {"order_ids": None},
        {"is_whole": "perhaps"},
        {"names": [EMAIL]},
        {"names": {"nobody": [EMAIL]}},
    ],
)
def test_a_malformed_person_is_refused_by_its_field(
    app: Flask, question: str, wrong: dict[str, Any]
) -> None:
    answer = ask_privacy(app, "links", question, make_person(MAKER), dry_run=False, **ASKED)
    assert answer["status"] == 200
    person = {**make_person(MAKER).as_json(), **wrong}
    answer = ask_about(app, "links", question, person, dry_run=False, **ASKED)
    assert (answer["status"], answer["code"]) == (422, "invalid")
    [field] = wrong
    assert answer["errors"][0]["field"].startswith(f"person.{field}")


@pytest.mark.parametrize("question", ["export", "erase"])
def test_the_contract_is_answered(app: Flask, question: str) -> None:
    asked = sample("links", f"privacy/{question}")
    person = Person.of_json(asked["request"].pop("person"))
    answer = ask_privacy(app, "links", question, person, **asked["request"])
    assert answer.pop("status") == 200
    assert answer.keys() == asked["response"].keys()
    assert answer["order_ids"] == asked["response"]["order_ids"]
