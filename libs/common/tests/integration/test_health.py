"""What `/health/check` and `/health/ready` say while what a service leans on is taken away."""

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from common.db import Database
from common.deps import BaseDeps, connect
from common.settings import Settings
from common.testing import PeerServer, app_on, settings_env
from common.web.app import create_app
from devstack.testing.databases import DatabaseMaker

pytestmark = pytest.mark.integration
PATIENCE = 4.0
"""Two seconds as promised, and as many for a busy machine."""
SECRET = "hunter2"
NOWHERE = f"redis://:{SECRET}@127.0.0.1:1/0"
OLD_EVENT = """
insert into outbox_event (id, name, aggregate_id, aggregate_seq, envelope)
values ('01930000-0000-7000-8000-000000000001', 'links.x.v1', gen_random_uuid(), 1, '{}')"""
OLD_DELIVERY = """
insert into outbox_delivery (event_id, subscriber, size, created_at)
values ('01930000-0000-7000-8000-000000000001', 'checkout', 2, now() - interval '75 s')"""
OLD_RECEIPT = """
insert into inbox (event_id, producer, name, envelope, received_at)
values (gen_random_uuid(), 'identity', 'identity.x.v1', '{}', now() - interval '75 s')"""
PAUSE = """
insert into delivery_pause (kind, name, reason, paused_by)
values ('subscriber', 'checkout', 'a test', 'a test')"""
CANARIES = """
insert into canary (queue) values ('links.events'), ('links.acks')
on conflict (queue) do update set seen_at = now()"""


def make_app(deps: BaseDeps) -> Flask:
    return create_app(deps=deps, import_name=__name__)


@pytest.fixture
def peers() -> Iterator[PeerServer]:
    server = PeerServer()
    server.answers[("identity", "deliveries/held")] = {"held": []}
    yield server
    server.close()


@pytest.fixture
def deps(
    make_service_database: DatabaseMaker, cache_url: str, broker_url: str, peers: PeerServer
) -> Iterator[BaseDeps]:
    env = settings_env(
        "links",
        database_url=make_service_database.emptied("links").url,
        cache_url=cache_url,
        broker_url=broker_url,
        peers=peers.addresses("links", "identity"),
    )
    made = BaseDeps(**connect(Settings.from_env(env), pool_size=1))
    run(made, CANARIES)
    yield made
    made.close()


def run(deps: BaseDeps, *statements: str) -> None:
    with deps.database.transaction() as session:
        for statement in statements:
            session.execute(text(statement))


def check(deps: BaseDeps) -> tuple[int, Mapping[str, Mapping[str, Any]], str]:
    """Return status, findings by name, and all the words."""
    began = time.monotonic()
    reply = app_on(make_app, deps).test_client().get("/health/check")
    assert time.monotonic() - began < PATIENCE
    assert reply.json["service"] == "links"
    assert (reply.status_code == 200) == (reply.json["status"] == "well")
    return reply.status_code, {each["name"]: each for each in reply.json["checks"]}, reply.text


def unwell(deps: BaseDeps) -> set[str]:
    status, found, words = check(deps)
    assert SECRET not in words
    names = {name for name, each in found.items() if not each["ok"]}
    assert (status == 503) == bool(names)
    return names


def is_ready(deps: BaseDeps) -> bool:
    return app_on(make_app, deps).test_client().get("/health/ready").status_code == 200


@contextmanager
def deaf() -> Iterator[int]:
    """Give the port of somebody who takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def elsewhere(deps: BaseDeps, **changed: Any) -> BaseDeps:
    """Return parts that were told another address of something."""
    settings = replace(deps.settings, **changed)
    return replace(BaseDeps(**connect(settings)), database=deps.database)


def test_all_is_well(deps: BaseDeps) -> None:
    status, found, _ = check(deps)
    assert status == 200
    assert list(found) == [
        "database",
        "session copies",
        "broker",
        "peer identity",
        "oldest unsent delivery",
        "oldest unprocessed event",
        "canaries",
    ]
    for each in found.values():
        assert set(each) == {"name", "ok", "detail", "seconds"}
        assert each["ok"]
        assert 0 <= each["seconds"] < PATIENCE
    assert found["oldest unsent delivery"]["detail"] == "nothing waits"
    assert "links.acks" in found["canaries"]["detail"]


@pytest.mark.parametrize(
    ("setting", "name"), [("broker_url", "broker"), ("cache_url", "session copies")]
)
def test_a_server_that_is_away_is_named_and_ready_stays_green(
    deps: BaseDeps, setting: str, name: str
) -> None:
    other = elsewhere(deps, **{setting: NOWHERE})
    assert unwell(other) == {name}
    assert is_ready(other)
    with deaf() as port:
        other = elsewhere(deps, **{setting: f"redis://:{SECRET}@127.0.0.1:{port}/0"})
        assert unwell(other) == {name}


def test_a_peer_that_is_away_or_deaf_is_named_and_ready_stays_green(
    deps: BaseDeps, peers: PeerServer
) -> None:
    with deaf() as port:
        other = elsewhere(deps, peers={"identity": f"http://127.0.0.1:{port}"})
        assert unwell(other) == {"peer identity"}
    peers.close()
    assert unwell(deps) == {"peer identity"}
    assert is_ready(deps)


def test_without_the_database_it_still_answers_and_ready_is_red(deps: BaseDeps) -> None:
    needs = {"database", "oldest unsent delivery", "oldest unprocessed event", "canaries"}
    with deaf() as port:
        for at in (1, port):
            url = f"postgresql+psycopg://nobody:{SECRET}@127.0.0.1:{at}/none"
            away = replace(deps, database=Database(url, is_watched=False))
            assert unwell(away) == needs
            assert not is_ready(away)
            away.database.close()


def test_work_that_stands_still_is_told_with_its_age(deps: BaseDeps) -> None:
    run(deps, OLD_EVENT, OLD_DELIVERY, OLD_RECEIPT, PAUSE)
    run(deps, "update canary set seen_at = now() - interval '2 min' where queue = 'links.acks'")
    _, found, _ = check(deps)
    assert unwell(deps) == {"oldest unsent delivery", "oldest unprocessed event", "canaries"}
    assert "1 to checkout, the oldest 7" in found["oldest unsent delivery"]["detail"]
    assert "(paused)" in found["oldest unsent delivery"]["detail"]
    assert "identity.x.v1" in found["oldest unprocessed event"]["detail"]
    assert "links.acks 12" in found["canaries"]["detail"]
    run(deps, "delete from canary")
    assert "canaries" in unwell(deps)
    assert is_ready(deps)


def test_it_answers_while_the_pool_is_used_up(deps: BaseDeps) -> None:
    held = replace(deps, database=Database(deps.settings.database_url, pool_size=1, max_overflow=0))
    with held.database.transaction() as session:
        session.execute(text("select 1"))
        assert unwell(held) == set()
    held.database.close()


def test_ready_means_this_releases_tables_or_newer_ones(
    deps: BaseDeps, make_service_database: DatabaseMaker
) -> None:
    own = make_service_database("links")
    older = replace(deps, database=Database(own.url))
    owner = Database(own.owner_url)
    for version, expected in (("0012", False), ("9999", True)):
        with owner.transaction() as session:
            session.execute(text(f"update alembic_version set version_num = '{version}'"))  # noqa: S608
        assert is_ready(older) is expected
        assert ("database" in unwell(older)) is not expected
    with owner.transaction() as session:
        session.execute(text("delete from alembic_version"))
    assert not is_ready(older)
    for each in (older.database, owner):
        each.close()
