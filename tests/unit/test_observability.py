"""The files of deploy/observability: valid, tested by promtool, explained in the runbook."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from devstack.services import SERVICES

FOLDER = Path("deploy/observability")
RULES = FOLDER / "rules/orderlink.yml"
BOARDS = sorted((FOLDER / "grafana/dashboards").glob("*.json"))
OURS = re.compile(r"\borderlink_[a-z_]+|\bhttp_request[a-z_]+")
SUFFIX = re.compile(r"_(bucket|count|sum)$")


def tool(name: str) -> str:
    """Return where Debian's package `prometheus` (or its alertmanager) has put the program."""
    found = shutil.which(name)
    if found is None:
        if os.environ.get("REQUIRE_PROMTOOL") == "1":
            pytest.fail(f"No {name} on this machine, and REQUIRE_PROMTOOL=1 demands one.")
        pytest.skip(f"no {name} on this machine")
    return found


def run(*command: str, cwd: Path = FOLDER) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def alerts() -> list[dict[str, Any]]:
    groups = yaml.safe_load(RULES.read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def queries() -> Iterator[str]:
    """Yield the query of every rule and of every panel."""
    yield from (alert["expr"] for alert in alerts())
    for board in BOARDS:
        for panel in json.loads(board.read_text())["panels"]:
            yield from (target["expr"] for target in panel["targets"])


def metrics_in_the_code() -> set[str]:
    names = {"http_requests_total", "http_request_seconds"}
    sources = [*Path("libs/common/src").rglob("*.py"), *Path("services").glob("*/src/*/counts.py")]
    for path in sources:
        names |= set(re.findall(r'"(orderlink_[a-z_]+)"', path.read_text()))
    broker = Path("libs/common/src/common/watching/broker.py").read_text()
    return names | {f"orderlink_broker_{n}" for n in re.findall(r'_gauge\("([a-z_]+)"', broker)}


def test_each_alert_is_raised_and_cleared_in_its_test() -> None:
    promtool = tool("promtool")
    run(promtool, "check", "rules", "rules/orderlink.yml")
    run(promtool, "test", "rules", "orderlink_test.yml", cwd=FOLDER / "tests")
    tested = (FOLDER / "tests/orderlink_test.yml").read_text()
    untested = [alert["alert"] for alert in alerts() if alert["alert"] not in tested]
    assert not untested


def test_prometheus_and_alertmanager_take_their_files(tmp_path: Path) -> None:
    local = (FOLDER / "prometheus.yml").read_text().replace("/etc/prometheus/rules", "rules")
    (tmp_path / "prometheus.yml").write_text(local)
    shutil.copytree(FOLDER / "rules", tmp_path / "rules")
    run(tool("promtool"), "check", "config", "prometheus.yml", cwd=tmp_path)
    run(tool("amtool"), "check-config", "alertmanager.yml")


def test_every_service_is_scraped() -> None:
    scraped = (FOLDER / "prometheus.yml").read_text()
    for service in SERVICES:
        assert f"{service}-web" in scraped
        assert f"{service}-worker" in scraped


def test_boards_and_rules_ask_for_what_there_is(tmp_path: Path) -> None:
    known = metrics_in_the_code()
    asked = {SUFFIX.sub("", name) for query in queries() for name in OURS.findall(query)}
    assert len(BOARDS) == 4
    assert asked - known == set()
    groups = [
        {"name": "all", "rules": [{"record": f"q{n}", "expr": q} for n, q in enumerate(queries())]}
    ]
    (tmp_path / "queries.yml").write_text(yaml.safe_dump({"groups": groups}))
    run(tool("promtool"), "check", "rules", "queries.yml", cwd=tmp_path)


@pytest.mark.parametrize("alert", [alert["alert"] for alert in alerts()])
def test_the_runbook_says_what_to_do(alert: str) -> None:
    rule = next(each for each in alerts() if each["alert"] == alert)
    assert rule["annotations"]["runbook"] == f"docs/runbook.md#{alert.lower()}"
    assert rule["labels"]["severity"] in ("page", "ticket", "none")
    paragraph = (
        Path("docs/runbook.md").read_text().partition(f"\n## {alert}\n")[2].partition("\n## ")[0]
    )
    assert all(word in paragraph for word in ("*Means*", "*Look at*", "*Do*")), alert
