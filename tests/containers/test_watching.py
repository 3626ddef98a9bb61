"""Prometheus reads every container, and an alert goes all the way to the pager's inbox and back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from devstack.demo.consequences import wait_for
from devstack.servers.ports import LOOPBACK, free_ports
from devstack.services import SERVICES
from devstack.testing.container_stack import ContainerStack, docker
from devstack.testing.containers import running_containers
from twins.clients import MailControl

pytestmark = [pytest.mark.journey, pytest.mark.timeout(1800)]
WATCHERS = ("prometheus", "alertmanager", "postgres-exporter", "valkey-exporter")
"""What Debian has. Grafana, collector and trace store are only checked as files."""
PAGER = "on-call@orderlink.example"
VICTIM = "notifications-worker"
PATIENCE = 420


@pytest.fixture(scope="module")
def watched(servers_folder: Path) -> Iterator[tuple[ContainerStack, str, str]]:
    """Give a stack and the addresses of its Prometheus and its Alertmanager."""
    ports = dict(
        zip(("PROMETHEUS_PORT", "ALERTMANAGER_PORT"), map(str, free_ports(2)), strict=True)
    )
    with running_containers(servers_folder / "watched", env=ports) as stack:
        done = stack.run("up", "--detach", *WATCHERS)
        assert done.returncode == 0, done.stderr
        prometheus, alertmanager = (f"http://{LOOPBACK}:{port}" for port in ports.values())
        yield stack, prometheus, alertmanager


def test_every_container_is_scraped(watched: tuple[ContainerStack, str, str]) -> None:
    _, prometheus, _ = watched
    expected = {(s, kind) for s in SERVICES for kind in ("web", "worker", "relay")}

    def all_up() -> bool:
        targets = ask(f"{prometheus}/api/v1/targets")["data"]["activeTargets"]
        ours = {(t["labels"].get("service"), t["labels"].get("process")) for t in targets}
        others = {t["labels"]["job"] for t in targets}
        return (
            expected <= ours
            and {"postgres", "valkey", "prometheus"} <= others
            and all(target["health"] == "up" for target in targets)
        )

    wait_for("every target up", all_up, patience=PATIENCE)
    assert number(prometheus, "pg_up") == 1
    assert number(prometheus, "sum(redis_up)") == 2


def test_a_stopped_worker_wakes_somebody_and_its_return_is_told(
    watched: tuple[ContainerStack, str, str],
) -> None:
    stack, _, alertmanager = watched

    def raised() -> bool:
        return any(
            alert["labels"] | {"alertname": "ProcessAway", "service": "notifications"}
            == alert["labels"]
            for alert in ask(f"{alertmanager}/api/v2/alerts?active=true")
        )

    def mailed(word: str) -> bool:
        return any(word in str(m["subject"]) for m in inbox.messages(to=PAGER))

    with MailControl(str(stack.world["twins"]["mail"])) as inbox:
        docker("stop", stack.full(VICTIM))
        wait_for("the alert", raised, patience=PATIENCE)
        wait_for("the pager's mail", lambda: mailed("FIRING"), patience=PATIENCE)
        docker("start", stack.full(VICTIM))
        wait_for("the alert's end", lambda: not raised(), patience=PATIENCE)
        wait_for("the mail about its end", lambda: mailed("RESOLVED"), patience=PATIENCE)


def ask(address: str) -> Any:
    """Return the answer; nothing of what is asked for while it starts."""
    try:
        return httpx.get(address, timeout=5).raise_for_status().json()
    except httpx.HTTPError:
        return {"data": {"activeTargets": []}} if "targets" in address else []


def number(prometheus: str, query: str) -> float:
    reply = httpx.get(f"{prometheus}/api/v1/query", params={"query": query}, timeout=5)
    [sample] = reply.json()["data"]["result"]
    return float(sample["value"][1])
