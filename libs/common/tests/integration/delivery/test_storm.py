"""A storm of kills: whatever dies when, in the end everything happened once. And the control."""

import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest

from .conftest import Broker, Toy, wait_for
from .test_delivery import assert_once_each, is_settled, publish_things

pytestmark = [pytest.mark.integration, pytest.mark.faults]

SEED = int(os.environ.get("SEED") or "7")
SECONDS = float(os.environ.get("STORM_SECONDS", "12"))
FAILPOINTS = ",".join(
    f"{name}:0.05"
    for name in (
        *("relay.claimed", "relay.sent", "inbox.received", "inbox.acknowledged"),
        *("inbox.claimed", "inbox.in_transaction", "inbox.handled"),
        *("outbound.claimed", "outbound.performed", "outbound.stored", "jobs.claimed"),
    )
)


class Storm:
    """Keeps both toys running, and kills them, while things happen."""

    def __init__(self, toys: tuple[Toy, Toy], broker: Broker, **env: str) -> None:
        self.toys, self.broker = toys, broker
        self.env = {"DELIVERY_LONGEST_LEASE_SECONDS": "5", **env}
        self.dice = random.Random(SEED)
        self.kills = self.published = 0
        self.held_down: set[str] = set()
        self.starting = threading.Lock()
        self.is_over = threading.Event()

    def rage(self) -> None:
        supervisor = threading.Thread(target=self._supervise)
        supervisor.start()
        until = time.monotonic() + SECONDS
        emptied = False
        while time.monotonic() < until:
            for _ in range(self.dice.randint(1, 10)):
                publish_things(self.toys[0], self.published)
                self.published += 1
            time.sleep(self.dice.random())
            if self.dice.random() < 0.5:
                self._kill(self.dice.choice(self.toys))
            if not emptied and time.monotonic() > until - SECONDS / 2:
                emptied = True
                self._empty_the_broker()
        self.env["FAILPOINTS"] = ""
        for toy in self.toys:
            self._kill(toy)
        self.supervisor = supervisor

    def end(self) -> None:
        self.is_over.set()
        self.supervisor.join()

    def _empty_the_broker(self) -> None:
        """Kill it with messages in it: the reader is down, and what was sent to it is lost."""
        reader = self.toys[1]
        self.doomed = range(self.published, self.published + 10)
        with self.starting:
            self.held_down.add(reader.name)
            self._kill(reader)
        for _ in range(10):
            publish_things(self.toys[0], self.published)
            self.published += 1
        wait_for(self._has_sent_all, what="all of them in the broker")
        self.broker.kill()
        time.sleep(1)
        self.broker.start()
        self.held_down.clear()

    def _has_sent_all(self) -> bool:
        """Say it, or that all are claimed: a relay that is killed now sends its batch again later."""
        unsent = "state <> 'acked'" if "DELIVERY_PUBLISH_IS_DONE" in self.env else "attempts = 0"
        return not self.toys[0].count(f"outbox_delivery where subscriber = 'beta' and {unsent}")

    def _kill(self, toy: Toy) -> None:
        for process in toy.processes[-1:]:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)

    def _supervise(self) -> None:
        running: dict[str, subprocess.Popen[bytes]] = {}
        while not self.is_over.wait(0.1):
            for toy in self.toys:
                with self.starting:
                    self._start_if_down(toy, running)

    def _start_if_down(self, toy: Toy, running: dict[str, subprocess.Popen[bytes]]) -> None:
        process = running.get(toy.name)
        if toy.name in self.held_down or (process and process.poll() is None):
            return
        self.kills += process is not None
        running[toy.name] = toy.start(**self.env)


def test_nothing_is_lost_and_nothing_happens_twice(alpha: Toy, beta: Toy, broker: Broker) -> None:
    storm = Storm((alpha, beta), broker, FAILPOINTS=FAILPOINTS)
    storm.rage()
    try:
        wait_for(
            lambda: is_settled(alpha, beta, storm.published),
            seconds=120,
            what=f"seed {SEED}: quiet",
        )
    finally:
        storm.end()
    sys.stdout.write(f"seed {SEED}: {storm.published} things, {storm.kills} kills" + "\n")
    assert storm.kills >= 5
    assert_once_each(alpha, beta, storm.published)


def test_the_wrong_way_loses(alpha: Toy, beta: Toy, broker: Broker) -> None:
    """Were nothing lost here, the storm would prove nothing (K4, I24)."""
    storm = Storm((alpha, beta), broker, FAILPOINTS=FAILPOINTS, DELIVERY_PUBLISH_IS_DONE="1")
    storm.rage()
    try:
        open_ = "outbox_delivery where state <> 'acked'"
        wait_for(lambda: alpha.count(open_) + beta.count(open_) == 0, seconds=90, what="its quiet")
        time.sleep(5)
    finally:
        storm.end()
    doomed = storm.doomed
    survived = beta.count(f"ledger where number between {doomed.start} and {doomed.stop - 1}")
    sys.stdout.write(f"seed {SEED}: {survived} of {len(doomed)} survived the broker\n")
    assert survived < len(doomed)
