"""What Prometheus is told of a service's delivery: how much waits and how long, and by whose word."""

import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from common.db import Database
from common.delivery import publish
from common.watching import exposition
from common.watching.reader import DepthReader
from devstack.servers.ports import answers, free_ports
from devstack.testing.clocks import clock_in

from .conftest import Toy, wait_for
from .toys.service import thing

pytestmark = pytest.mark.integration
Samples = Mapping[tuple[str, tuple[str, ...]], float]

DEAD_INBOX = """
insert into inbox (event_id, producer, name, envelope, received_at, dead_at)
select gen_random_uuid(), 'beta', 'beta.thing.v1', '{}', now() - interval '9 min', now() - interval '9 min'
from generate_series(1, 2)"""
CALL = """
insert into outbound_call (id, event_id, kind, recipient, payload, state, created_at, changed_at)
values (gen_random_uuid(), gen_random_uuid(), 'mail', 'someone@example.com', '{}', '%s',
  now() - interval '20 min', now() - interval '10 min')"""
LATE_JOB = """
insert into scheduled_job (name, every_seconds, next_run_at, last_error)
values ('tidy', 60, now() - interval '5 min', 'OSError')"""


def samples_of(page: bytes | str) -> Samples:
    text = page if isinstance(page, str) else page.decode()
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def depths_of(toy: Toy) -> Samples:
    return samples_of(exposition(DepthReader(toy.database, kept=0)))


def test_what_waits_is_told_with_its_age(alpha: Toy) -> None:
    with alpha.database.transaction() as session:
        publish(session, thing(1))
    alpha.run(
        "update outbox_delivery set created_at = now() - interval '90 s' where subscriber = 'beta'"
    )
    for statement in (DEAD_INBOX, CALL % "unknown", CALL % "dead", CALL % "done", LATE_JOB):
        alpha.run(statement)
    told = depths_of(alpha)
    assert told["orderlink_database_answers", ()] == 1
    assert told["orderlink_outbox_deliveries", ("beta",)] == 1
    assert 90 <= told["orderlink_outbox_oldest_seconds", ("beta",)] < 120
    assert told["orderlink_dead_letters", ("inbox",)] == 2
    assert told["orderlink_dead_letters", ("mail",)] == 1
    assert told["orderlink_outbound_calls", ("mail", "unknown")] == 1
    assert 1200 <= told["orderlink_outbound_oldest_seconds", ("mail", "unknown")] < 1230
    assert 300 <= told["orderlink_job_late_seconds", ("tidy",)] < 330
    assert told["orderlink_job_failing", ("tidy",)] == 1
    assert abs(told["orderlink_clock_offset_seconds", ()]) < 1
    assert ("orderlink_outbound_calls", ("mail", "done")) not in told
    assert not any("someone@example.com" in labels for _, labels in told)


def test_a_database_that_is_away_is_told_and_fails_no_scrape() -> None:
    away = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    told = samples_of(exposition(DepthReader(away)))
    assert told["orderlink_database_answers", ()] == 0
    assert ("orderlink_outbox_deliveries", ("beta",)) not in told


def test_connections_that_could_not_be_had_are_not_counted_down(alpha: Toy) -> None:
    def in_use() -> float:
        return samples_of(exposition())["orderlink_db_connections_in_use", ()]

    def refuse(*_: object) -> None:
        raise psycopg.OperationalError("the database is not accepting connections")

    before, database = in_use(), Database(alpha.url)
    with database.transaction() as session:
        session.connection().invalidate()
        session.rollback()
    event.listen(database.engine, "do_connect", refuse)
    for _ in range(3):
        with pytest.raises(DBAPIError), database.transaction() as session:
            session.connection()
    assert in_use() == before
    event.remove(database.engine, "do_connect", refuse)
    with database.transaction() as session:
        session.connection()
        assert in_use() == before + 1
    assert in_use() == before
    database.close()


def test_depths_are_read_once_for_scrapes_that_come_together(alpha: Toy) -> None:
    reader = DepthReader(alpha.database, kept=0.3)
    first = samples_of(exposition(reader))
    with alpha.database.transaction() as session:
        publish(session, thing(1))
    assert ("orderlink_outbox_deliveries", ("beta",)) not in first
    assert ("orderlink_outbox_deliveries", ("beta",)) not in samples_of(exposition(reader))
    time.sleep(0.3)
    assert ("orderlink_outbox_deliveries", ("beta",)) in samples_of(exposition(reader))


def test_a_worker_shows_what_it_did_and_that_it_lives(alpha: Toy, beta: Toy) -> None:
    [port] = free_ports(1)
    for toy in (alpha, beta):
        toy.start(WORKER_PORT=str(port) if toy is beta else "0")
    with alpha.database.transaction() as session:
        publish(session, thing(1))
    wait_for(
        lambda: beta.count("inbox where processed_at is not null"), what="the event's handling"
    )
    assert ask(port, "/health/live") == "alive"
    wait_for(lambda: beta.count("canary") == 2, what="a canary through each queue")
    told = samples_of(ask(port, "/metrics"))
    assert told["orderlink_events_handled_total", ("alpha.thing_happened.v1", "processed")] == 1
    assert told["orderlink_db_connections_limit", ()] >= 4
    assert told["orderlink_broker_answers", ()] == 1
    assert (
        0
        < told["orderlink_broker_memory_bytes", ()]
        < told["orderlink_broker_memory_limit_bytes", ()]
    )


def test_a_worker_tells_how_far_its_clock_is_off(beta: Toy, tmp_path: Path) -> None:
    [port] = free_ports(1)
    clock = tmp_path / "clock"
    clock.write_text("600")
    beta.start("sweeper", WORKER_PORT=str(port), **clock_in(clock))
    wait_for(lambda: answers(port), what="the worker's port")
    told = samples_of(ask(port, "/metrics"))
    assert told["orderlink_database_answers", ()] == 1
    assert 595 < told["orderlink_clock_offset_seconds", ()] < 605
    assert not any(name.startswith("orderlink_job") for name, _ in told), "webs tell of those"


def ask(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        return str(answer.read().decode())
