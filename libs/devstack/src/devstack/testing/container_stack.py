"""A stack in containers as tests see it: what `RunningStack` is of the embedded servers."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from testcontainers.compose import ComposeContainer, DockerCompose

from devstack.places import ROOT
from devstack.servers.ports import LOOPBACK
from devstack.told import told

PUBLISHED = {"postgres": 5432, "broker": 6379, "cache": 6379}
"""Who is reached from this machine at a port known beforehand, and its port inside."""
MEASURED = {8000, 9100}


@dataclass(frozen=True)
class ContainerStack:
    """A stack that docker-compose.yml describes, and ways to look into it."""

    compose: DockerCompose
    ports: Mapping[str, int]
    """On this machine: of the gateway, the twins and each of PUBLISHED."""
    folder: Path

    @cached_property
    def world(self) -> Mapping[str, Any]:
        """What var/demo.json would say: addresses and sign-ins."""
        return told(*(f"http://{LOOPBACK}:{self.ports[name]}" for name in ("gateway", "twins")))

    def environment(self, service: str) -> Mapping[str, str]:
        """Return what the service's containers are told, with addresses as seen from here."""
        kinds = (self._config["services"][f"{service}-{kind}"] for kind in ("migrate", "web"))
        values = {name: str(text) for kind in kinds for name, text in kind["environment"].items()}
        for name, port in PUBLISHED.items():
            here = f"{LOOPBACK}:{self.ports[name]}"
            values = {key: text.replace(f"{name}:{port}", here) for key, text in values.items()}
        return {**values, "MEDIA_ROOT": str(self.folder)}

    def pids(self) -> dict[str, int]:
        """Return the id that the first process of each container has outside of it."""
        found = {str(container.Name): str(container.ID) for container in self.containers()}
        said = docker("inspect", "--format", "{{.State.Pid}}", *found.values()).split()
        pids = zip(map(self.plain, found), map(int, said), strict=True)
        return {name: pid for name, pid in pids if pid}

    def plain(self, name: str) -> str:
        """Return a container's name without project and number; those of copies keep theirs."""
        return name.removeprefix(f"{self.project}-").removesuffix("-1")

    def full(self, name: str) -> str:
        """Return what the engine calls a container that `plain` named."""
        return f"{self.project}-{name}" if name[-1].isdigit() else f"{self.project}-{name}-1"

    def scraped(self, service: str = "") -> list[str]:
        """Return the address of every page that Prometheus would read, or of those of a kind."""
        return [
            f"http://{LOOPBACK}:{publisher.PublishedPort}/metrics"
            for container in self.containers()
            for publisher in container.Publishers
            if publisher.PublishedPort
            and publisher.TargetPort in MEASURED
            and container.Service != "twins"
            and (not service or container.Service == service)
        ]

    @property
    def project(self) -> str:
        return str(self._config["name"])

    def containers(self, *, include_all: bool = False) -> list[ComposeContainer]:
        """Return those that run; all there are, where that is asked."""
        return self.compose.get_containers(include_all=include_all)

    def run(self, *step: str) -> subprocess.CompletedProcess[str]:
        """Run a command of Compose about this stack, whatever comes of it."""
        command = [*self.compose.docker_compose_command(), *step]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    @cached_property
    def _config(self) -> Mapping[str, Any]:
        return dict(json.loads(self.run("config", "--format", "json").stdout))


def docker(*arguments: str) -> str:
    """Run the engine's own command; return what it says. Raises CalledProcessError."""
    command = ["docker", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
