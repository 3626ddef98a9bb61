"""Each alert raised by its fault on the running stack, and cleared when that is healed.

Minutes of waiting, hence no part of `make test`: `make prove` plays it, or
`python -m pytest tests/alerts`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.alerts.blows import BLOWS, NOT_HERE, Victim
from tests.alerts.prometheus import Prometheus, hurried_rules, missing_tools, running_prometheus

from devstack.testing.stack import RunningStack, running_stack

pytestmark = pytest.mark.journey
CALM = {"Heartbeat"}


@pytest.fixture(scope="module")
def stack(servers_folder: Path) -> Iterator[RunningStack]:
    with running_stack(servers_folder / "watched") as running:
        yield running


@pytest.fixture(scope="module")
def prometheus(
    stack: RunningStack, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Prometheus]:
    if missing := ", ".join(missing_tools()):
        if os.environ.get("REQUIRE_PROMTOOL") == "1":
            pytest.fail(f"REQUIRE_PROMTOOL=1 demands what is not on this machine: {missing}.")
        pytest.skip(f"not on this machine: {missing}")
    with running_prometheus(stack, tmp_path_factory.mktemp("prometheus")) as running:
        yield running


@pytest.mark.parametrize("name", list(BLOWS))
def test_an_alert_is_raised_by_its_fault_and_cleared(
    stack: RunningStack, prometheus: Prometheus, name: str
) -> None:
    blow, victim = BLOWS[name], Victim(stack, spare=prometheus.spare)
    prometheus.wait_cleared(blow.raises, seconds=60)
    with blow.strike(victim):
        raised = prometheus.wait_raised(blow.raises, seconds=75)
    cleared = prometheus.wait_cleared(blow.raises, seconds=120)
    print(
        f"{name}: {', '.join(blow.raises)} raised after {raised:.0f} s, cleared after {cleared:.0f} s"
    )


def test_a_healthy_stack_is_quiet(prometheus: Prometheus) -> None:
    prometheus.wait_cleared(
        {alert for blow in BLOWS.values() for alert in blow.raises}, seconds=120
    )
    assert prometheus.firing() == CALM


def test_no_alert_is_left_out() -> None:
    raised = {alert for blow in BLOWS.values() for alert in blow.raises}
    alerts = {rule["alert"] for group in hurried_rules()["groups"] for rule in group["rules"]}
    assert raised | set(NOT_HERE) == alerts
