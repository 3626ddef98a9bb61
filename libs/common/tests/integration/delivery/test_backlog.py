"""What piles up while a service is away drains without a storm (F10); who eats memory dies out (F9).

BACKLOG says how many events pile up: 200 here, 10,000 in `make prove`.
"""

import os
import resource
import sys
import time

import psutil
import pytest

from common.delivery import publish
from common.delivery.celery_app import MOST_WAITING
from common.delivery.inbox import ATTEMPTS

from .conftest import Broker, Toy, wait_for
from .test_delivery import publish_things
from .toys.service import HUNGRY, thing

pytestmark = [pytest.mark.integration, pytest.mark.timeout(1800)]

BACKLOG = int(os.environ.get("BACKLOG") or "200")
ROOM = 256 * 1024 * 1024
"""Bytes that a worker may take beyond what it has when it runs."""
CANARIES = 5
"""What waits beside events in a queue that is busy."""
HURRY = """
update inbox set next_attempt_at = now() where event_id in (
  select event_id from inbox where processed_at is null for update skip locked)"""
SENT = "select avg(attempts) from outbox_delivery where subscriber = 'beta'"


def test_a_backlog_drains_without_a_storm(alpha: Toy, beta: Toy, broker: Broker) -> None:
    for begin in range(0, BACKLOG, 500):
        with alpha.database.transaction() as session:
            for number in range(begin, min(begin + 500, BACKLOG)):
                publish(session, thing(number))
    alpha.start("relay")
    wait_for(lambda: broker.client.llen("beta.events"), what="the first message")
    time.sleep(5)
    assert broker.client.llen("beta.events") <= MOST_WAITING

    beta.start("events sweeper")
    alpha.start("events")
    began, peak = time.monotonic(), [0]

    def is_drained() -> bool:
        peak.append(int(broker.client.llen("beta.events")))
        return beta.count("ledger") == BACKLOG and not alpha.count(
            "outbox_delivery where subscriber = 'beta' and state <> 'acked'"
        )

    wait_for(is_drained, seconds=100 + BACKLOG / 5, what="the end of the backlog")
    seconds = time.monotonic() - began
    sent = alpha.one(SENT)
    sys.stdout.write(
        f"{BACKLOG} events drained in {seconds:.0f} s, {sent:.2f} times sent, "
        f"at most {max(peak)} messages in the broker\n"
    )
    assert sent < 10, "sent again and again while nobody listens"
    assert max(peak) <= MOST_WAITING + CANARIES
    assert beta.count("(select distinct event_id from ledger) as once") == BACKLOG


def test_a_handler_that_eats_memory_dies_out_and_blocks_nobody(alpha: Toy, beta: Toy) -> None:
    alpha.start("relay")

    def keep_beta_small() -> None:
        if not beta.processes or beta.processes[-1].poll() is not None:
            worker = psutil.Process(beta.start("events sweeper").pid)
            wait_for(lambda: worker.num_threads() > 3, what="its threads")
            most = worker.memory_info().vms + ROOM
            worker.rlimit(resource.RLIMIT_AS, (most, most))

    keep_beta_small()
    publish_things(alpha, HUNGRY, 1, 2, 3)

    def is_dead() -> bool:
        keep_beta_small()
        beta.run(HURRY)
        return beta.count("inbox where dead_at is not null") == 1

    wait_for(is_dead, what="the end of its tries")
    publish_things(alpha, 4)
    wait_for(lambda: keep_beta_small() or beta.count("ledger") == 4, what="the others")
    assert beta.count(f"inbox where dead_at is not null and attempts >= {ATTEMPTS}") == 1
    assert beta.count(f"ledger where number = {HUNGRY}") == 0
