"""docker-compose.yml: what it mounts is there, what it asks for is told, nobody has more than needed."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from devstack.deploy import demo_values, env_file
from devstack.keyring import make_keyring
from devstack.services import SERVICES

COMPOSE = Path("docker-compose.yml")
SERVERS: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text())["services"]
OURS = [name for name, each in SERVERS.items() if each["image"].startswith("orderlink/")]
DEMANDED = re.compile(r"\$\{([A-Z_]+):\?\}")
CONFIGURED = {
    "prometheus": "/etc/prometheus/prometheus.yml",
    "alertmanager": "/etc/alertmanager/alertmanager.yml",
    "grafana": "/etc/grafana/provisioning",
    "otel-collector": "/etc/otelcol-contrib/config.yaml",
    "tempo": "/etc/tempo.yml",
}
"""Who of the profile observability reads which of its files where."""


def mounts(name: str) -> dict[str, Path]:
    """Return what of this clone a container sees, by the place where it sees it."""
    pairs = (volume.split(":") for volume in SERVERS[name].get("volumes", ()))
    return {parts[1]: Path(parts[0]) for parts in pairs if parts[0].startswith("./")}


@pytest.mark.parametrize("name", SERVERS)
def test_what_is_mounted_is_there(name: str) -> None:
    assert all(path.exists() for path in mounts(name).values())


def test_everything_that_is_demanded_is_told() -> None:
    told = env_file(make_keyring(), demo_values(port=1, twins_port=2))
    for file in (COMPOSE, Path("docker-compose.rabbitmq.yml")):
        for variable in DEMANDED.findall(file.read_text()):
            assert re.search(rf"^{variable}='.", told, re.MULTILINE), variable


@pytest.mark.parametrize("name", OURS)
def test_ours_may_do_nothing_and_end_gracefully(name: str) -> None:
    own = SERVERS[name]
    assert own["read_only"] is True
    assert own["cap_drop"] == ["ALL"]
    assert own["security_opt"] == ["no-new-privileges:true"]
    assert own["stop_grace_period"]
    assert "healthcheck" in own or name.endswith(("-migrate", "-world"))


def test_each_service_is_three_processes_and_a_migration() -> None:
    for service in SERVICES:
        for kind in ("migrate", "web", "worker", "relay"):
            assert SERVERS[f"{service}-{kind}"]["image"] == f"orderlink/{service}"


def test_profiles_are_those_that_the_file_tells_of() -> None:
    found = {profile for each in SERVERS.values() for profile in each.get("profiles", ())}
    assert found == {"demo", "twins", "mail", "observability"}
    told = COMPOSE.read_text().partition("x-service")[0]
    assert all(f"--profile {profile} up" in told for profile in found)


@pytest.mark.parametrize(("name", "place"), CONFIGURED.items())
def test_the_watchers_read_our_files(name: str, place: str) -> None:
    assert SERVERS[name]["profiles"] == ["observability"]
    assert mounts(name)[place].is_relative_to("deploy/observability")


def test_spans_and_boards_find_each_other() -> None:
    collector = yaml.safe_load(mounts("otel-collector")[CONFIGURED["otel-collector"]].read_text())
    store = yaml.safe_load(mounts("tempo")[CONFIGURED["tempo"]].read_text())
    assert collector["receivers"]["otlp"]["protocols"]["http"]["endpoint"].endswith(":4318")
    assert collector["exporters"]["otlp/store"]["endpoint"] == "tempo:4317"
    assert store["distributor"]["receivers"]["otlp"]["protocols"]["grpc"]["endpoint"].endswith(
        ":4317"
    )
    provisioning = mounts("grafana")["/etc/grafana/provisioning"]
    sources = yaml.safe_load((provisioning / "datasources/orderlink.yml").read_text())
    asked = {re.sub(r"^http://([a-z-]+):.*", r"\1", each["url"]) for each in sources["datasources"]}
    assert asked == {"prometheus", "tempo"}
    boards = yaml.safe_load((provisioning / "dashboards/orderlink.yml").read_text())["providers"]
    assert all(each["options"]["path"] in mounts("grafana") for each in boards)


def test_stand_ins_have_the_tags_that_are_asked_for() -> None:
    made = re.findall(
        r"=([a-z/_-]+:[\w.-]+)", Path("deploy/containers/local-images.sh").read_text()
    )
    sources = (COMPOSE, Path("docker-compose.rabbitmq.yml"), Path("Dockerfile"))
    asked = " ".join(path.read_text() for path in sources)
    assert made
    assert [image for image in made if image not in asked] == []
