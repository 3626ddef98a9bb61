"""A rollout: newer migrations, then each process by today's code, while both versions answer."""

import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil
from tests.faults.rolling import replace_worker
from tests.faults.versions import Launcher
from tests.faults.wire import FROM_GATEWAY, Wire

from devstack.demo.consequences import wait_for
from devstack.readiness import answers_http
from devstack.servers.ports import free_ports
from devstack.servers.program import Program, running
from devstack.testing.stack import RunningStack

TOGETHER = 4.0
"""Seconds, at least, in which processes of both versions serve side by side."""
PATIENCE = 90.0
"""Seconds within which somebody makes a new connection to a service of CALLED."""
CALLED = frozenset({"identity", "checkout"})
"""Where buyers change something, each time over a new connection; others keep theirs for long."""
LEAVING = 1.0
"""Seconds between a process's last new connection and the signal on which it ends."""


@dataclass(frozen=True)
class Rollout:
    """One stack over wires, and where the code of its next processes comes from."""

    stack: RunningStack
    wires: Mapping[str, Wire]
    launcher: Launcher
    shared: Counter[str] = field(default_factory=Counter)
    """How many connections the newer process took while the older one took as many, by service."""

    def migrate(self, services: Sequence[str]) -> None:
        """Bring each database to the launcher's newest shape, while everything runs."""
        for service in services:
            subprocess.run(
                [self.launcher.path, "-m", "common.migrate", service],
                env=dict(self.stack.environment(service)),
                check=True,
            )

    def replace_everything(self, order: Sequence[str]) -> Counter[str]:
        """Replace web and worker of each service; return how many were, by kind."""
        replaced: Counter[str] = Counter()
        for service in order:
            replaced["web"] += self.replace_web(service)
            replaced["worker"] += self.replace_worker(service)
        return replaced

    def replace_web(self, service: str) -> int:
        """Let a newer process serve beside the older one, then instead of it.

        The way Kubernetes does: new connections go to whoever is ready, and to nobody who is
        about to end. Returns 1.
        """
        ways = [self.wires[service], self.wires[f"{FROM_GATEWAY}{service}"]]
        own = ways[0].own_port()
        with self.beside(f"{service}-web", "WEB_PORT") as port:
            lead(ways, own, port)
            if service in CALLED:
                wait_for(f"a call of {service}", lambda: called(ways, port), patience=PATIENCE)
            time.sleep(TOGETHER)
            self.shared[service] += called(ways, port)
            lead(ways, port)
            time.sleep(LEAVING)
            replace_worker(self.stack, f"{service}-web")
            is_ready = answers_http(own, "/health/ready")
            wait_for(f"{service}-web, replaced", is_ready, patience=120)
            lead(ways)
            time.sleep(LEAVING)
        return 1

    def replace_worker(self, service: str) -> int:
        """Let a newer worker work beside the older one, then instead of it. Returns 1."""
        with self.beside(f"{service}-worker", "WORKER_PORT"):
            time.sleep(TOGETHER)
            replace_worker(self.stack, f"{service}-worker")
            wait_for(
                f"{service}-worker, replaced", lambda: f"{service}-worker" in self.stack.pids()
            )
            time.sleep(TOGETHER)
        return 1

    @contextmanager
    def beside(self, name: str, port_variable: str) -> Iterator[int]:
        """Run one more process like that one, but of the launcher's version; give its port."""
        env = psutil.Process(self.stack.pids()[name]).environ()
        [port] = free_ports(1)
        service, kind = name.rsplit("-", 1)
        program = Program(
            name=f"{name}-beside",
            command=(
                str(self.launcher.path),
                "-m",
                f"{service}.{'app' if kind == 'web' else kind}",
            ),
            env={**env, port_variable: str(port)},
            is_ready=answers_http(port, "/health/ready" if kind == "web" else "/health/live"),
            grace=15,
        )
        with running(program, self.stack.places.logs / f"{program.name}.log"):
            yield port


def lead(ways: Sequence[Wire], *ports: int) -> None:
    """Send new connections to these ports in turn; to the stack's own where none is named."""
    for way in ways:
        way.instead = ports


def called(ways: Sequence[Wire], port: int) -> int:
    """Return how many connections went to the port."""
    return sum(way.met[port] for way in ways)
