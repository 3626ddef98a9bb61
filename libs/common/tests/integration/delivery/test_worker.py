"""The worker process: alive or gone, never neither."""

import signal
import threading
import time

import pytest

from common.delivery.loops import Heart, Loop
from common.delivery.watch import Watch

from .conftest import Broker, Toy, wait_for
from .test_delivery import publish_things

pytestmark = pytest.mark.integration


def test_each_role_runs_alone_and_together_they_do_all(alpha: Toy, beta: Toy) -> None:
    for toy in (alpha, beta):
        for role in ("events", "relay", "sweeper", "outbound"):
            toy.start(role)
    publish_things(alpha, 1, 2, 3)
    wait_for(lambda: beta.count("letters") == 3 and alpha.count("ledger") == 6, what="all of it")
    for process in (*alpha.processes, *beta.processes):
        process.send_signal(signal.SIGTERM)
    assert [process.wait(10) for process in (*alpha.processes, *beta.processes)] == [0] * 8


def test_an_unknown_role_is_one_clear_sentence(alpha: Toy) -> None:
    assert alpha.start("dancer").wait(20) == 1
    assert (
        "A worker is one of all, events, relay, sweeper, outbound, jobs, not dancer." in alpha.log
    )


def test_it_survives_the_broker_or_ends_to_be_started_again(
    alpha: Toy, beta: Toy, broker: Broker
) -> None:
    process = alpha.start()
    wait_for(lambda: "Connected" in alpha.log, what="the connection")
    broker.kill()
    publish_things(alpha, 1)
    time.sleep(3)
    broker.start()
    if process.poll() is not None:
        assert process.poll() != 0, "a clean exit would not be restarted everywhere"
        alpha.start()
    beta.start()
    wait_for(lambda: beta.count("ledger") == 1 and alpha.count("ledger") == 2, what="delivery")


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
    wait_for(lambda: loop.heart.is_late, seconds=2, what="the lateness")
    assert loop.is_alive()
    stopping.set()
