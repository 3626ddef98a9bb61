"""A real Prometheus that scrapes the running stack by our own rules, in seconds instead of minutes."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import yaml

from devstack.programs import postgres_of
from devstack.servers.ports import free_ports
from devstack.services import SERVICES
from devstack.testing.stack import RunningStack

EXPORTER = "prometheus-postgres-exporter"
RULES = Path("deploy/observability/rules/orderlink.yml")
SHORTER_SPANS = {"[1m]": "[10s]", "[5m]": "[15s]", "[15m]": "[40s]", "[1h]": "[5m]"}
SHORTER_AGES = {
    "DeliveryOld": ("> 60", "> 4"),
    "InboxOld": ("> 60", "> 4"),
    "OutcomeUnknown": ("> 600", "> 4"),
    "EffectsWait": ("> 900", "> 8"),
    "SecretsGuessed": ("> 1", "> 0.3"),
}
"""What would take minutes, or more processors, to come true. Everything else is asked as it stands in the file."""


class Prometheus:
    """Asks what is raised now."""

    def __init__(self, port: int, *, spare: int) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self.spare = spare
        """A port that is scraped, too: for one more process of a blow's own."""

    def firing(self) -> set[str]:
        alerts = httpx.get(f"{self._base}/api/v1/alerts", timeout=5).json()["data"]["alerts"]
        return {alert["labels"]["alertname"] for alert in alerts if alert["state"] == "firing"}

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self._base}/-/ready", timeout=2).is_success
        except httpx.HTTPError:
            return False

    def wait_raised(self, names: Collection[str], *, seconds: float) -> float:
        """Return after how many seconds all of them have been raised, each at some moment."""
        began, seen = time.monotonic(), set[str]()
        while time.monotonic() < began + seconds:
            seen |= self.firing()
            if seen >= set(names):
                return time.monotonic() - began
            time.sleep(0.5)
        raise AssertionError(
            f"not raised within {seconds} s: {set(names) - seen}; there were {seen}"
        )

    def wait_cleared(self, names: Collection[str], *, seconds: float) -> float:
        began = time.monotonic()
        while time.monotonic() < began + seconds:
            if not self.firing() & set(names):
                return time.monotonic() - began
            time.sleep(0.5)
        raise AssertionError(f"not cleared within {seconds} s: {self.firing() & set(names)}")


def missing_tools() -> list[str]:
    """Return the Debian packages that are not on this machine."""
    return [name for name in ("prometheus", EXPORTER) if shutil.which(name) is None]


def hurried_rules() -> dict[str, Any]:
    """Return the rules with shorter waits, spans and ages. Fails if an age is not there to shorten."""
    rules: dict[str, Any] = yaml.safe_load(RULES.read_text())
    for rule in (each for group in rules["groups"] for each in group["rules"]):
        if "for" in rule:
            rule["for"] = "2s"
        for long, short in SHORTER_SPANS.items():
            rule["expr"] = rule["expr"].replace(long, short)
        if rule["alert"] in SHORTER_AGES:
            age, shorter = SHORTER_AGES[rule["alert"]]
            assert re.search(rf"{age}$", rule["expr"]), rule
            rule["expr"] = rule["expr"].removesuffix(age) + shorter
    return rules


@contextmanager
def running_prometheus(stack: RunningStack, folder: Path) -> Iterator[Prometheus]:
    """Give a Prometheus over every web process and worker of the stack, and PostgreSQL."""
    port, spare, exported = free_ports(3)
    (folder / "rules.yml").write_text(yaml.safe_dump(hurried_rules()))
    jobs = [
        _job(stack, process, name)
        for process, name in (("web", "WEB_PORT"), ("worker", "WORKER_PORT"))
    ]
    jobs += [_job_of("spare", spare), _job_of("postgres", exported)]
    every = {"scrape_interval": "2s", "scrape_timeout": "2s", "evaluation_interval": "1s"}
    config = {"global": every, "rule_files": ["rules.yml"], "scrape_configs": jobs}
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    process = subprocess.Popen(
        [
            str(shutil.which("prometheus")),
            f"--config.file={folder / 'prometheus.yml'}",
            f"--storage.tsdb.path={folder / 'data'}",
            f"--web.listen-address=127.0.0.1:{port}",
        ],
        stdout=subprocess.DEVNULL,
        stderr=(folder / "prometheus.log").open("wb"),
    )
    prometheus = Prometheus(port, spare=spare)
    exporter = _export_postgres(stack, exported, folder)
    try:
        while not prometheus.is_ready():
            assert process.poll() is None, (folder / "prometheus.log").read_text()
            time.sleep(0.2)
        yield prometheus
    finally:
        for each in (process, exporter):
            each.terminate()
            each.wait(20)


def _export_postgres(stack: RunningStack, port: int, folder: Path) -> subprocess.Popen[bytes]:
    """Run Debian's exporter, which tells of all that compose's tells."""
    address = postgres_of(stack._stack).url().replace("+psycopg", "")
    return subprocess.Popen(
        [str(shutil.which(EXPORTER)), f"--web.listen-address=127.0.0.1:{port}"],
        env={**os.environ, "DATA_SOURCE_NAME": f"{address}?sslmode=disable"},
        stdout=subprocess.DEVNULL,
        stderr=(folder / "exporter.log").open("wb"),
    )


def _job_of(name: str, port: int) -> dict[str, Any]:
    labels = {"service": "links", "process": name}
    return {
        "job_name": name,
        "static_configs": [{"targets": [f"127.0.0.1:{port}"], "labels": labels}],
    }


def _job(stack: RunningStack, process: str, port: str) -> dict[str, Any]:
    targets = [
        {
            "targets": [f"127.0.0.1:{stack.environment(service)[port]}"],
            "labels": {"service": service, "process": process},
        }
        for service in SERVICES
    ]
    return {"job_name": f"orderlink-{process}", "static_configs": targets}
