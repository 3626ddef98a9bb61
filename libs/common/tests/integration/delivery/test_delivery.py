"""Two toy services exchange events through real processes: nothing lost, nothing twice."""

import signal
import time

import pytest

from .conftest import Toy, wait_for
from .toys.service import thing

pytestmark = pytest.mark.integration

from common.delivery import publish  # noqa: E402


def publish_things(alpha: Toy, *numbers: int) -> None:
    for number in numbers:
        with alpha.database.transaction() as session:
            publish(session, thing(number))


def is_settled(alpha: Toy, beta: Toy, things: int) -> bool:
    open_ = "outbox_delivery where state <> 'acked'"
    return (
        beta.count("ledger") >= things
        and beta.count("outbound_call where state <> 'done'") == 0
        and beta.count("outbox_event") >= things
        and alpha.count(open_) + beta.count(open_) == 0
        and alpha.count("inbox where processed_at is null") == 0
        and beta.count("inbox where processed_at is null") == 0
    )


def assert_once_each(alpha: Toy, beta: Toy, things: int) -> None:
    for toy, expected in ((beta, things), (alpha, 2 * things)):
        assert toy.count("ledger") == expected
        assert toy.count("(select distinct event_id from ledger) as once") == expected
    assert beta.count("letters") == things
    assert beta.count("(select distinct call_id from letters) as once") == things


def test_events_cross_and_come_back_with_their_effects(alpha: Toy, beta: Toy) -> None:
    alpha.start()
    beta.start()
    publish_things(alpha, *range(25))
    wait_for(lambda: is_settled(alpha, beta, 25), what="quiet")
    assert_once_each(alpha, beta, 25)
    for toy in (alpha, beta):
        [process] = toy.processes
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
        assert time.monotonic() - began < 10
