"""The worker process: alive or gone, never neither."""

import signal
import threading
import time

import pytest
from kombu import Connection
from kombu.entity import Exchange, Queue

from common.delivery.celery_app import MOST_WAITING
from common.delivery.loops import Heart, Loop
from common.delivery.watch import STALLED, Watch

from .conftest import Broker, Toy, wait_for
from .test_delivery import assert_once_each, is_settled, publish_things

pytestmark = pytest.mark.integration


def test_roles_run_alone_or_in_company_and_together_they_do_all(alpha: Toy, beta: Toy) -> None:
    alpha.start()
    for roles in ("events", "relay", "sweeper outbound"):
        beta.start(roles)
    publish_things(alpha, 1, 2, 3)
    wait_for(lambda: beta.count("letters") == 3 and alpha.count("ledger") == 6, what="all of it")
    processes = [*alpha.processes, *beta.processes]
    for process in processes:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(60) for process in processes] == [0] * 4


def test_an_unknown_role_is_one_clear_sentence(alpha: Toy) -> None:
    assert alpha.start("dancer").wait(60) == 1
    assert "A worker is some of events, relay, sweeper, outbound, jobs, not dancer." in alpha.log


def test_it_does_not_end_well_when_celery_ends_by_itself(alpha: Toy) -> None:
    """Celery 5.7 does so on some losses of the broker; a supervisor must see a failure (K13)."""
    assert alpha.start(BROKER_URL="nonsense://nowhere").wait(60) == STALLED


def test_it_survives_the_broker_or_ends_to_be_started_again(
    alpha: Toy, beta: Toy, broker: Broker
) -> None:
    process = alpha.start()
    wait_for(lambda: "Connected" in alpha.log, what="the connection")
    broker.kill()
    publish_things(alpha, 1)
    time.sleep(3)
    broker.start()
    beta.start()

    def delivered() -> bool:
        nonlocal process
        if process.poll() is not None:
            assert process.poll() != 0, "a clean exit would not be restarted everywhere"
            process = alpha.start()
        return beta.count("ledger") == 1 and alpha.count("ledger") == 2

    wait_for(delivered, what="delivery")


def test_a_backlog_stays_in_the_database_not_in_the_broker(
    alpha: Toy, beta: Toy, broker: Broker
) -> None:
    waiting = Queue("beta.events", Exchange(""), routing_key="beta.events")
    with Connection(broker.url) as connection:
        for _ in range(MOST_WAITING):
            connection.SimpleQueue(waiting).put("from before")
    alpha.start("relay")
    publish_things(alpha, 1)
    wait_for(lambda: broker.client.llen("alpha.events") == 1, what="a message to alpha")
    time.sleep(2)
    assert broker.client.llen("beta.events") == MOST_WAITING
    assert alpha.count("outbox_delivery where subscriber = 'beta' and state = 'pending'") == 1
    broker.client.delete("beta.events")
    wait_for(lambda: broker.client.llen("beta.events") == 1, what="a message to beta")


def test_connections_cut_at_any_moment_cost_nothing(alpha: Toy, beta: Toy) -> None:
    """Whether a commit was lost or only its answer is unknown (K14); both come out right."""
    for toy in (alpha, beta):
        toy.start()
    others = "usename = current_user and application_name <> 'the test'"
    cut = f"select pg_terminate_backend(pid) from pg_stat_activity where {others}"  # noqa: S608
    for number in range(60):
        publish_things(alpha, number)
        if number % 3 == 0:
            for toy in (alpha, beta):
                toy.run(cut)
        time.sleep(0.05)
    wait_for(lambda: is_settled(alpha, beta, 60), what="quiet")
    assert_once_each(alpha, beta, 60)


def test_a_late_heart_and_a_dead_loop_are_found() -> None:
    stopping = threading.Event()
    loop = Loop("turning", lambda: False, stopping=stopping, pause=0.01)
    heart = Heart("slow", within=0.2)
    silent = Heart("owes nothing", within=None)
    watch = Watch([loop], [heart, silent], stopping)
    assert watch.find_wrong() == "turning", "it was not started"
    loop.start()
    assert watch.find_wrong() is None
    time.sleep(0.3)
    assert watch.find_wrong() == "slow"
    heart.beat()
    silent.expect(within=0.05)
    time.sleep(0.1)
    assert watch.find_wrong() == "owes nothing"
    silent.beat()
    assert watch.find_wrong() is None
    stopping.set()


def test_a_step_that_always_fails_gives_no_sign() -> None:
    stopping = threading.Event()

    def fail() -> bool:
        raise RuntimeError

    loop = Loop("failing", fail, stopping=stopping, pause=0.01, within=0.2)
    loop.start()
    wait_for(lambda: loop.heart.is_late, what="the lateness")
    assert loop.is_alive()
    stopping.set()
