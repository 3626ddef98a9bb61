"""A whole stack as a child process: for tests, and for `make demo` where nothing runs yet."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import psutil
import psycopg

from devstack.addresses import Addresses
from devstack.environment import Stack, owner_environment
from devstack.keyring import load_keyring
from devstack.places import ROOT, Places
from devstack.programs import postgres_of
from devstack.servers.ports import LOOPBACK, free_ports
from devstack.servers.program import die_with_parent
from devstack.services import SERVICES
from devstack.trouble import CannotStart

PATIENCE = 300.0
STARTS = 4
FOR_TESTS = ("--mode", "test", "--forgetful", "--ports", "19000-19899")


@dataclass(frozen=True)
class RunningStack:
    """A stack that is ready, and ways to hurt it."""

    places: Places
    port: int
    """The gateway's."""
    process: subprocess.Popen[bytes] | None = None
    """The supervisor, where it is ours."""

    @cached_property
    def world(self) -> Mapping[str, Any]:
        """What var/demo.json says: addresses and sign-ins."""
        return dict(json.loads(self.places.world.read_text()))

    def pids(self) -> dict[str, int]:
        """Return the process id by name (`links-web`, `broker`, …), as it is now."""
        entries = json.loads(self.places.processes.read_text())
        return {name: int(entry["pid"]) for name, entry in entries.items()}

    def kill(self, name: str) -> bool:
        """Kill a process and its children without a word; return whether it ran."""
        pid = self.pids().get(name)
        if pid is None:
            return False
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    @contextmanager
    def frozen(self, name: str) -> Iterator[None]:
        """Stop a process and its children where they are (SIGSTOP) while the block lasts."""
        top = psutil.Process(self.pids()[name])
        group = [top, *top.children(recursive=True)]
        for process in group:
            process.suspend()
        try:
            yield
        finally:
            for process in group:
                with suppress(psutil.NoSuchProcess):
                    process.resume()

    def postgres(self, database: str = "postgres") -> psycopg.Connection:
        """Open an autocommitting connection of the one who may do everything."""
        return postgres_of(self._stack).connect(database)

    def lose_broker(self) -> None:
        """Kill the broker and remove all it remembered: it comes back empty."""
        self.kill("broker")
        for path in (self.places.state / "broker").iterdir():
            with suppress(FileNotFoundError):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def environment(self, service: str) -> Mapping[str, str]:
        """Return what the service's own processes are told, its databases' addresses included."""
        return owner_environment(self._stack, service)

    def scraped(self) -> list[str]:
        """Return the address of every page that Prometheus would read."""
        told = [self.environment(service) for service in SERVICES]
        ports = [env[name] for env in told for name in ("WEB_PORT", "WORKER_PORT")]
        return [f"http://{LOOPBACK}:{port}/metrics" for port in ports]

    def log(self, name: str) -> str:
        """Return all that a process has said."""
        return (self.places.logs / f"{name}.log").read_text(errors="replace")

    @cached_property
    def _stack(self) -> Stack:
        inner = json.loads(self.places.ports.read_text())
        return Stack(
            places=self.places,
            addresses=Addresses(gateway=self.port, inner=inner),
            keyring=load_keyring(self.places.keys),
        )


@contextmanager
def running_stack(
    var: Path,
    *,
    port: int | None = None,
    options: tuple[str, ...] = FOR_TESTS,
    env: Mapping[str, str] | None = None,
) -> Iterator[RunningStack]:
    """Run a stack in the folder `var` while the block lasts. Raises CannotStart.

    `port`: the gateway's, else any free one. `options` are those of `python -m devstack run`;
    `env` is added to the environment. A port that somebody else took meanwhile is left to them.
    """
    places = Places(var.resolve())
    places.make()
    running = _start(places, port, options, env or {})
    try:
        yield running
    finally:
        _stop(running)


def _start(
    places: Places, port: int | None, options: tuple[str, ...], env: Mapping[str, str]
) -> RunningStack:
    for left in reversed(range(STARTS)):
        running = _launch(places, port or free_ports(1)[0], options, env)
        try:
            _await_ready(running)
            return running
        except CannotStart as why:
            _stop(running)
            if not left or "in use" not in str(why):
                raise
            places.ports.unlink(missing_ok=True)
    raise CannotStart("The stack was not started.")


def _launch(
    places: Places, port: int, options: tuple[str, ...], env: Mapping[str, str]
) -> RunningStack:
    places.ready.unlink(missing_ok=True)
    command = [sys.executable, "-m", "devstack", "run", "--quiet"]
    with _log_of(places).open("wb") as output:
        process = subprocess.Popen(
            [*command, "--var", str(places.var), "--port", str(port), *options],
            env={**os.environ, **env},
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: die_with_parent(signal.SIGTERM),  # noqa: PLW1509
        )
    return RunningStack(places, port, process)


def _stop(running: RunningStack) -> None:
    if running.process is not None:
        running.process.terminate()
        running.process.wait(60)
    _keep_logs(running.places)


def _log_of(places: Places) -> Path:
    return places.logs / "stack.log"


def _await_ready(running: RunningStack) -> None:
    places, log = running.places, _log_of(running.places)
    until = time.monotonic() + PATIENCE
    while not places.ready.exists():
        if running.process is not None and running.process.poll() is not None:
            lines = log.read_text(errors="replace").strip().splitlines()
            raise CannotStart(lines[-1].removeprefix("✗ ") if lines else "It ended at once.")
        if time.monotonic() > until:
            raise CannotStart(f"The stack was not ready within {PATIENCE:.0f} seconds: see {log}.")
        time.sleep(0.05)


def _keep_logs(places: Places) -> None:
    """Keep what was said, also where the folder is gone after the test."""
    if ROOT / "var" / "test" in places.var.parents:
        shutil.copytree(places.logs, ROOT / "var" / "test" / "log", dirs_exist_ok=True)
