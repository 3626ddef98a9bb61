"""Processes whose clocks are wrong, and jump: leases and order do not depend on them (F36)."""

import time
from pathlib import Path

import pytest

from devstack.testing.clocks import clock_in

from .conftest import Toy, wait_for
from .test_delivery import assert_once_each, is_settled, publish_things

pytestmark = pytest.mark.integration

TRIES = "select max(attempts) from outbound_call"


def test_clocks_that_are_off_and_jump_back_cost_nothing(
    alpha: Toy, beta: Toy, tmp_path: Path
) -> None:
    clocks = {name: tmp_path / name for name in ("ahead", "behind", "jumping")}
    for name, seconds in {"ahead": 600, "behind": -600, "jumping": 600}.items():
        clocks[name].write_text(str(seconds))
    alpha.start(**clock_in(clocks["jumping"]))
    beta.start(**clock_in(clocks["behind"]))
    beta.start(**clock_in(clocks["ahead"]))
    for number in range(30):
        if number == 15:
            clocks["jumping"].write_text("-600")
        publish_things(alpha, number)
        time.sleep(0.05)
    wait_for(lambda: is_settled(alpha, beta, 30), what="quiet")
    assert_once_each(alpha, beta, 30)
    assert beta.one(TRIES) == 1, "no lease ended before its time"
    assert [process.poll() for toy in (alpha, beta) for process in toy.processes] == [None] * 3
